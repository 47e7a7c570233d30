#pragma once

namespace kutip::service {

// Stops gRPC and Protobuf from writing to standard error: among what they write are header values and field names that
// callers sent, and nothing of that may get into a log. May be called more than once.
void quiet_libraries();

}  // namespace kutip::service
