#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "text/char_class.h"
#include "text/utf8.h"

namespace kutip::text {

struct CharAt {
  CharClass char_class = CharClass::kSpace;
  std::uint32_t size = 0;  // bytes
};

// The character at `offset`; behind the end of the text an empty space.
inline CharAt char_at(std::string_view text, std::size_t offset) {
  if (offset >= text.size()) return {};
  const auto byte = static_cast<unsigned char>(text[offset]);
  if (byte < 0x80) return {kAsciiClasses[byte], 1};
  const CodePoint c = code_point_at(text, offset);
  return {class_of(c.value), c.size};
}

// The offset behind `offset` and all characters of one class there.
inline std::uint32_t skip_all(std::string_view text, std::uint32_t offset, CharClass char_class) {
  while (offset < text.size()) {
    const CharAt c = char_at(text, offset);
    if (c.char_class != char_class) break;
    offset += c.size;
  }
  return offset;
}

}  // namespace kutip::text
