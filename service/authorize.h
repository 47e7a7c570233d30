#pragma once

#include <grpcpp/server_context.h>

#include <string>

#include "google/rpc/status.pb.h"
#include "service/access/tokens.h"

namespace kutip::service {

// Whether a call's bearer token allows it: UNAUTHENTICATED without a known one, PERMISSION_DENIED if it is for other
// calls. Without `tokens` everybody may call. To be asked before a byte of the request is parsed.
[[nodiscard]] google::rpc::Status authorize(const access::Tokens* tokens, const grpc::CallbackServerContext& context,
                                            access::Permission permission);

// The value of a metadata key; "" if it is not there.
std::string metadata_of(const grpc::CallbackServerContext& context, const std::string& key);

}  // namespace kutip::service
