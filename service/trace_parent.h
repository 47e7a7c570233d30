#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kutip::service {

// The W3C header `traceparent`: VERSION-TRACE-SPAN-FLAGS in lower-case hexadecimal.
struct TraceParent {
  std::string trace_id;  // 32 digits, not all 0
  std::string span_id;   // 16 digits, not all 0

  // nullopt if the header is not one.
  static std::optional<TraceParent> parse(std::string_view header);
};

}  // namespace kutip::service
