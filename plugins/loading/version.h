#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace kutip::loading {

// Semantic version without pre-release and build parts.
struct Version {
  std::uint32_t major = 0, minor = 0, patch = 0;
  friend auto operator<=>(const Version&, const Version&) = default;
};

// Reads MAJOR.MINOR.PATCH, decimal, without leading zeros.
std::optional<Version> parse_version(std::string_view text);

// Conditions that all must hold: ">=0.1 <2". Left-out parts are 0; a version without operator must be met exactly.
class VersionRange {
 public:
  static std::optional<VersionRange> parse(std::string_view text);
  bool contains(const Version& version) const;

 private:
  enum class Operator : std::uint8_t { kEqual, kLess, kLessOrEqual, kGreater, kGreaterOrEqual };
  struct Bound {
    Operator op = Operator::kEqual;
    Version version;
  };
  static std::optional<Bound> parse_bound(std::string_view text);
  static bool holds(const Bound& bound, const Version& version);

  std::vector<Bound> bounds_;
};

// The version of Kutip that this is.
Version engine_version();

}  // namespace kutip::loading
