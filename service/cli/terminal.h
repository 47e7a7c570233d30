#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace kutip::cli {

// Columns of the terminal behind a file descriptor; else $COLUMNS; else 80. Never less than 40.
std::uint32_t terminal_width(int fd);

// True if colours suit a file descriptor: it is a terminal, and neither NO_COLOR nor TERM=dumb asks for none.
bool wants_color(int fd);

// How characters look on a terminal, as ANSI's SGR parameters.
struct Style {
  std::uint8_t color = 0;  // 30 to 37, 90 to 97; 0: the terminal's own
  bool bold = false, dim = false, underline = false;
  friend bool operator==(const Style&, const Style&) = default;
};

// The escape sequence that switches from any style to `style`.
std::string escape_sequence(const Style& style);

// `text` with control characters, which could be commands to a terminal, replaced by their pictures (␛); line ends and
// tabs become a space. REQUIRES: `text` is well-formed UTF-8.
std::string printable(std::string_view text);

// Shortened to at most `columns` with … at the end.
std::string shortened(std::string_view text, std::uint32_t columns);

// Filled with spaces on the right up to `columns`.
std::string padded(std::string text, std::uint32_t columns);

}  // namespace kutip::cli
