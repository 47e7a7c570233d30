#pragma once

#include <chrono>
#include <cstdint>

namespace kutip::service {

// What a server refuses or cuts; told to callers by GetServerInfo.
struct Limits {
  std::uint32_t max_text_bytes = 1 << 20;
  // Of a request, as gRPC counts it. Well above max_text_bytes, so that a text that is too large gets an error of ours,
  // which no client retries, and not RESOURCE_EXHAUSTED.
  std::uint32_t max_message_bytes = 4 << 20;
  std::uint32_t max_batch_documents = 256;
  std::uint32_t max_annotations = 100'000;
  // Of a call or of one text of a stream, from its arrival, whatever deadline the caller sets. A change of the active
  // rules is not cut short.
  std::chrono::milliseconds max_call_duration{30'000};
};

}  // namespace kutip::service
