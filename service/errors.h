#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "google/rpc/code.pb.h"
#include "google/rpc/status.pb.h"

// Errors are google.rpc.Status values; code OK means that there is none. Each has one google.rpc.ErrorInfo of the
// domain kutip.dev. Nothing of a document's text may go into one.
namespace kutip::service {

using Metadata = std::vector<std::pair<std::string_view, std::string>>;

inline bool is_ok(const google::rpc::Status& status) {
  return status.code() == google::rpc::OK;
}

// `reason` in UPPER_SNAKE_CASE, listed in the contract; `message` is a sentence for people.
google::rpc::Status error(google::rpc::Code code, std::string_view reason, std::string message,
                          const Metadata& metadata = {});

// INVALID_ARGUMENT that also names the field at fault, like `options.plugins[1]`.
google::rpc::Status field_error(std::string_view field, std::string_view reason, std::string message,
                                const Metadata& metadata = {});

// UNIMPLEMENTED, NOT_IMPLEMENTED: a call of the contract that this version does not have.
google::rpc::Status not_implemented(std::string_view method);

// RESOURCE_EXHAUSTED that also says when to come back.
google::rpc::Status retry_later(std::string_view reason, std::string message, std::chrono::milliseconds after);

// That of a server without memory.
google::rpc::Status out_of_memory();

// The end of a call whose deadline passed (DEADLINE_EXCEEDED) or whose caller gave up (CANCELLED).
google::rpc::Status interrupted(google::rpc::Code code);

// A caller's own value, fit to be repeated in a message: at most 64 bytes, control characters escaped. REQUIRES:
// `value` is well-formed UTF-8.
std::string quotable(std::string_view value);

}  // namespace kutip::service
