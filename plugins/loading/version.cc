#include "loading/version.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace kutip::loading {
namespace {

// Reads one to three numbers; `count` says how many there were.
std::optional<Version> parse_numbers(std::string_view text, std::size_t& count) {
  std::array<std::uint32_t, 3> parts{};
  count = 0;
  while (count < parts.size()) {
    const std::string_view part = text.substr(0, std::min(text.find('.'), text.size()));
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), parts[count]);
    if (error != std::errc() || end != part.data() + part.size() || (part.size() > 1 && part[0] == '0'))
      return std::nullopt;
    ++count;
    if (part.size() == text.size()) return Version{parts[0], parts[1], parts[2]};
    text.remove_prefix(part.size() + 1);
  }
  return std::nullopt;
}

}  // namespace

std::optional<Version> parse_version(std::string_view text) {
  std::size_t count = 0;
  const std::optional<Version> version = parse_numbers(text, count);
  return count == 3 ? version : std::nullopt;
}

std::optional<VersionRange::Bound> VersionRange::parse_bound(std::string_view text) {
  static constexpr std::array<std::pair<std::string_view, Operator>, 5> kOperators = {{
      {">=", Operator::kGreaterOrEqual},
      {"<=", Operator::kLessOrEqual},
      {">", Operator::kGreater},
      {"<", Operator::kLess},
      {"=", Operator::kEqual},
  }};
  Bound bound;
  for (const auto& [sign, op] : kOperators) {
    if (!text.starts_with(sign)) continue;
    bound.op = op;
    text.remove_prefix(sign.size());
    break;
  }
  std::size_t count = 0;
  const std::optional<Version> version = parse_numbers(text, count);
  if (!version) return std::nullopt;
  bound.version = *version;
  return bound;
}

std::optional<VersionRange> VersionRange::parse(std::string_view text) {
  VersionRange range;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, std::min(text.find(' '), text.size()));
    text.remove_prefix(std::min(word.size() + 1, text.size()));
    if (word.empty()) continue;
    const std::optional<Bound> bound = parse_bound(word);
    if (!bound) return std::nullopt;
    range.bounds_.push_back(*bound);
  }
  return range.bounds_.empty() ? std::nullopt : std::optional(range);
}

bool VersionRange::holds(const Bound& bound, const Version& version) {
  switch (bound.op) {
    case Operator::kLess:
      return version < bound.version;
    case Operator::kLessOrEqual:
      return version <= bound.version;
    case Operator::kGreater:
      return version > bound.version;
    case Operator::kGreaterOrEqual:
      return version >= bound.version;
    default:
      return version == bound.version;
  }
}

bool VersionRange::contains(const Version& version) const {
  return std::all_of(bounds_.begin(), bounds_.end(), [&](const Bound& bound) { return holds(bound, version); });
}

Version engine_version() {
  return parse_version(KUTIP_VERSION).value_or(Version{});
}

}  // namespace kutip::loading
