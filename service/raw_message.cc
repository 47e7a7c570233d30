#include "service/raw_message.h"

#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <grpcpp/support/proto_buffer_reader.h>
#include <grpcpp/support/slice.h>

#include <cstdint>

#include "service/errors.h"

namespace kutip::service {

bool parse(const grpc::ByteBuffer& buffer, google::protobuf::MessageLite& message) {
  if (!buffer.Valid()) return false;
  grpc::Slice slice;
  if (buffer.TrySingleSlice(&slice).ok()) return message.ParseFromArray(slice.begin(), static_cast<int>(slice.size()));
  // The reader only reads, but its constructor wants a buffer it could change.
  grpc::ByteBuffer shared(buffer);
  grpc::ProtoBufferReader reader(&shared);
  return reader.status().ok() && message.ParseFromZeroCopyStream(&reader);
}

grpc::ByteBuffer serialize(const google::protobuf::MessageLite& message) {
  const grpc::Slice slice(message.ByteSizeLong());
  message.SerializeWithCachedSizesToArray(const_cast<std::uint8_t*>(slice.begin()));
  return grpc::ByteBuffer(&slice, 1);
}

grpc::Status to_grpc(const google::rpc::Status& status) {
  if (is_ok(status)) return grpc::Status::OK;
  return grpc::Status(static_cast<grpc::StatusCode>(status.code()), status.message(), status.SerializeAsString());
}

google::rpc::Status malformed_request() {
  return error(google::rpc::INVALID_ARGUMENT, "MALFORMED_REQUEST",
               "The request is not a valid protobuf message, or a string in it is not UTF-8.");
}

}  // namespace kutip::service
