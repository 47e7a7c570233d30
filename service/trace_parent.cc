#include "service/trace_parent.h"

#include <algorithm>

namespace kutip::service {
namespace {

constexpr std::size_t kTrace = 3, kSpan = 36, kFlags = 53, kLength = 55;

bool is_hex(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool is_id(std::string_view text) {
  return is_hex(text) && text.find_first_not_of('0') != std::string_view::npos;
}

}  // namespace

std::optional<TraceParent> TraceParent::parse(std::string_view header) {
  if (header.size() < kLength || header[kTrace - 1] != '-' || header[kSpan - 1] != '-' || header[kFlags - 1] != '-')
    return std::nullopt;
  const std::string_view version = header.substr(0, 2), trace = header.substr(kTrace, 32),
                         span = header.substr(kSpan, 16), flags = header.substr(kFlags, 2);
  // Later versions may go on behind the flags.
  const bool length_fits = header.size() == kLength || (version != "00" && header[kLength] == '-');
  if (!is_hex(version) || version == "ff" || !is_id(trace) || !is_id(span) || !is_hex(flags) || !length_fits)
    return std::nullopt;
  return TraceParent{std::string(trace), std::string(span)};
}

}  // namespace kutip::service
