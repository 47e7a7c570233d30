#pragma once

#include <cstdint>
#include <string_view>

namespace kutip::text {

// Columns that a character takes on a terminal: 2 for East Asian wide and full-width ones and emoji, 0 for combining
// and invisible ones, else 1.
std::uint32_t display_width(char32_t code_point);

// Of a whole string, the sum over its code points. REQUIRES: `text` is well-formed UTF-8.
std::uint32_t display_width(std::string_view text);

}  // namespace kutip::text
