#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace kutip::text {

// Byte offset of the first byte that cannot be part of well-formed UTF-8 (lone or missing continuation byte, overlong
// form, surrogate, above U+10FFFF), or nullopt. O(bytes), eight or more ASCII bytes at a time.
std::optional<std::size_t> find_ill_formed(std::string_view bytes);

struct CodePoint {
  char32_t value = 0;
  std::uint32_t size = 1;  // bytes
};

// The code point that starts at `offset`. REQUIRES: text is well-formed and `offset` is on a boundary inside it.
CodePoint code_point_at(std::string_view text, std::size_t offset);

// The code point that ends before `offset`. REQUIRES: as above, and offset > 0.
CodePoint code_point_before(std::string_view text, std::size_t offset);

std::size_t count_code_points(std::string_view text);
std::size_t count_utf16_units(std::string_view text);

}  // namespace kutip::text
