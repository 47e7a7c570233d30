#pragma once

#include <cstdint>

namespace kutip::matching {

using LexiconId = std::uint16_t;
// Annotation types of one grammar. Types are bits of a 64-bit mask, so there are at most 64.
using TypeId = std::uint8_t;
using CaptureId = std::uint8_t;
// Index of a rule in its grammar.
using RuleId = std::uint32_t;

inline constexpr TypeId kMaxTypes = 64;
inline constexpr std::uint64_t type_bit(TypeId type) {
  return std::uint64_t{1} << type;
}

// Where something stands in a rule file; line and column are 1-based, columns count code points. line 0: nowhere.
struct SourceMark {
  std::uint32_t file = 0;  // index into the list of files that were loaded
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  friend bool operator==(const SourceMark&, const SourceMark&) = default;
};

}  // namespace kutip::matching
