#pragma once

#include <grpcpp/support/status.h>

#include "google/rpc/status.pb.h"

namespace kutip::cli {

// What a call answered, with the details that the server sent; a status without details if they do not parse.
inline google::rpc::Status from_grpc(const grpc::Status& status) {
  google::rpc::Status out;
  if (!out.ParseFromString(status.error_details())) out.Clear();
  out.set_code(static_cast<int>(status.error_code()));
  out.set_message(status.error_message());
  return out;
}

}  // namespace kutip::cli
