#pragma once

#include <map>
#include <string>

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace kutip::service {

// What a program reads from an error.
struct ErrorDetails {
  std::string reason, domain, field;
  std::map<std::string, std::string> metadata;
};

inline ErrorDetails details_of(const google::rpc::Status& status) {
  ErrorDetails out;
  for (const auto& detail : status.details()) {
    google::rpc::ErrorInfo info;
    google::rpc::BadRequest bad_request;
    if (detail.UnpackTo(&info)) {
      out.reason = info.reason();
      out.domain = info.domain();
      out.metadata = {info.metadata().begin(), info.metadata().end()};
    } else if (detail.UnpackTo(&bad_request) && bad_request.field_violations_size() > 0) {
      out.field = bad_request.field_violations(0).field();
    }
  }
  return out;
}

}  // namespace kutip::service
