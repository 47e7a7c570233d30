#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "service/cli/terminal.h"

namespace kutip::cli {

// Breaks styled text into lines of a terminal, at spaces; a no-break space does not break. Line ends of the text stay;
// of several blank lines one remains. Styles end before each line end, so that underlines do not run into the margin.
class StyledLines {
 public:
  StyledLines(std::uint32_t width, bool color) : width_(width), color_(color) {}

  // REQUIRES: `text` is well-formed UTF-8. Control characters are shown as pictures.
  void add(std::string_view text, const Style& style);
  // The same, but spaces do not break. No line ends. For short texts.
  void add_unbroken(std::string_view text, const Style& style);
  // The lines, each with its line end.
  std::string finish();

 private:
  struct Piece {
    std::string text;
    Style style;
  };
  void add_character(std::string_view character, std::uint32_t columns, const Style& style);
  void end_word();
  void end_line();
  void put(std::string_view text, const Style& style);

  const std::uint32_t width_;
  const bool color_;
  std::string out_;
  Style current_;
  std::vector<Piece> word_;
  std::uint32_t word_columns_ = 0;
  std::uint32_t column_ = 0;
  bool space_ = false;  // before the word
  Style space_style_;
  int blank_lines_ = 1;  // none at the beginning
};

}  // namespace kutip::cli
