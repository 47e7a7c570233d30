#include "service/errors.h"

#include "google/rpc/error_details.pb.h"

namespace kutip::service {
namespace {

constexpr std::string_view kDomain = "kutip.dev";

bool is_continuation(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}

}  // namespace

google::rpc::Status error(google::rpc::Code code, std::string_view reason, std::string message,
                          const Metadata& metadata) {
  google::rpc::ErrorInfo info;
  info.set_reason(reason.data(), reason.size());
  info.set_domain(kDomain.data(), kDomain.size());
  for (const auto& [key, value] : metadata) (*info.mutable_metadata())[std::string(key)] = value;

  google::rpc::Status status;
  status.set_code(code);
  status.set_message(std::move(message));
  status.add_details()->PackFrom(info);
  return status;
}

google::rpc::Status field_error(std::string_view field, std::string_view reason, std::string message,
                                const Metadata& metadata) {
  google::rpc::BadRequest bad_request;
  auto* violation = bad_request.add_field_violations();
  violation->set_field(field.data(), field.size());
  violation->set_description(message);
  google::rpc::Status status = error(google::rpc::INVALID_ARGUMENT, reason, std::move(message), metadata);
  status.add_details()->PackFrom(bad_request);
  return status;
}

google::rpc::Status not_implemented(std::string_view method) {
  return error(google::rpc::UNIMPLEMENTED, "NOT_IMPLEMENTED",
               "This version of the server does not have the call " + std::string(method) + " yet.",
               {{"method", std::string(method)}});
}

google::rpc::Status retry_later(std::string_view reason, std::string message, std::chrono::milliseconds after) {
  google::rpc::RetryInfo retry;
  retry.mutable_retry_delay()->set_seconds(after.count() / 1000);
  retry.mutable_retry_delay()->set_nanos(static_cast<int>(after.count() % 1000) * 1'000'000);
  google::rpc::Status status = error(google::rpc::RESOURCE_EXHAUSTED, reason, std::move(message));
  status.add_details()->PackFrom(retry);
  return status;
}

google::rpc::Status out_of_memory() {
  return retry_later("OUT_OF_MEMORY", "There is no memory left to answer.", std::chrono::seconds(1));
}

google::rpc::Status interrupted(google::rpc::Code code) {
  if (code == google::rpc::DEADLINE_EXCEEDED)
    return error(code, "DEADLINE_EXCEEDED", "The deadline passed before the answer was ready.");
  return error(google::rpc::CANCELLED, "CANCELLED", "The call was cancelled.");
}

std::string quotable(std::string_view value) {
  constexpr std::size_t kMaxBytes = 64;
  std::string_view shown = value.substr(0, kMaxBytes);
  if (shown.size() < value.size()) {
    while (!shown.empty() && is_continuation(value[shown.size()])) shown.remove_suffix(1);
  }
  std::string out;
  for (char c : shown) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F) {
      constexpr std::string_view kHex = "0123456789ABCDEF";
      out += "\\x";
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    } else {
      out += c;
    }
  }
  if (shown.size() < value.size()) out += "...";
  return out;
}

}  // namespace kutip::service
