#include "service/authorize.h"

#include "service/errors.h"

namespace kutip::service {

google::rpc::Status authorize(const access::Tokens* tokens, const grpc::CallbackServerContext& context,
                              access::Permission permission) {
  if (tokens == nullptr) return {};
  const auto name = tokens->name_of(metadata_of(context, "authorization"));
  if (!name)
    return error(google::rpc::UNAUTHENTICATED, "CREDENTIALS_REQUIRED", "The call needs a bearer token that is known.");
  if (!tokens->allows(*name, permission))
    return error(google::rpc::PERMISSION_DENIED, "PERMISSION_DENIED", "The token is not for this call.");
  return {};
}

std::string metadata_of(const grpc::CallbackServerContext& context, const std::string& key) {
  const auto& all = context.client_metadata();
  const auto at = all.find(grpc::string_ref(key.data(), key.size()));
  return at == all.end() ? std::string() : std::string(at->second.data(), at->second.size());
}

}  // namespace kutip::service
