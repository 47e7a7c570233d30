#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace kutip::text {

enum class OffsetUnit { kUtf8, kUtf16, kCodePoint };

// Converts byte offsets of one text into another unit. Built once per answer; O(text) to build for non-ASCII text
// (checkpoints every 64 bytes), O(1) per look-up, nothing at all for ASCII text or kUtf8. Keeps a view of `text`.
class OffsetConverter {
 public:
  OffsetConverter(std::string_view text, OffsetUnit unit);

  // Offset, in the unit, of the code-point boundary at byte `offset`. REQUIRES: offset <= text.size().
  std::uint32_t operator()(std::uint32_t offset) const;

  // Length of the whole text in the unit.
  std::uint32_t text_length() const;

 private:
  std::string_view text_;
  OffsetUnit unit_;
  bool identity_ = true;
  std::vector<std::uint32_t> checkpoints_;  // units before byte 64 * i
};

}  // namespace kutip::text
