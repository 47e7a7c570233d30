#pragma once

#include <google/protobuf/message_lite.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/status.h>

#include "google/rpc/status.pb.h"

// Messages to and from gRPC's buffers. The server parses requests itself, for gRPC's callback API answers malformed
// bytes with UNIMPLEMENTED and no message; so it can also parse into an arena.
namespace kutip::service {

// False if `buffer` does not hold a valid `message`.
bool parse(const grpc::ByteBuffer& buffer, google::protobuf::MessageLite& message);

// One slice, written once.
grpc::ByteBuffer serialize(const google::protobuf::MessageLite& message);

// With `status` itself as grpc-status-details-bin.
grpc::Status to_grpc(const google::rpc::Status& status);

// INVALID_ARGUMENT, MALFORMED_REQUEST.
google::rpc::Status malformed_request();

}  // namespace kutip::service
