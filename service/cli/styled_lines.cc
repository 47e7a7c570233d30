#include "service/cli/styled_lines.h"

#include <utility>

#include "text/display_width.h"
#include "text/utf8.h"

namespace kutip::cli {

void StyledLines::add(std::string_view text, const Style& style) {
  for (std::size_t at = 0; at < text.size();) {
    const text::CodePoint next = text::code_point_at(text, at);
    if (next.value == '\n') {
      end_line();
    } else if (next.value == ' ' || next.value == '\t' || next.value == '\r') {
      end_word();
      space_ = column_ > 0;
      space_style_ = style;
    } else {
      const std::string character = printable(text.substr(at, next.size));
      add_character(character, text::display_width(character), style);
    }
    at += next.size;
  }
}

void StyledLines::add_unbroken(std::string_view text, const Style& style) {
  for (std::size_t at = 0; at < text.size();) {
    const text::CodePoint next = text::code_point_at(text, at);
    add_character(text.substr(at, next.size), text::display_width(next.value), style);
    at += next.size;
  }
}

std::string StyledLines::finish() {
  if (column_ > 0 || !word_.empty()) end_line();
  return std::exchange(out_, {});
}

void StyledLines::add_character(std::string_view character, std::uint32_t columns, const Style& style) {
  if (word_columns_ + columns > width_) end_word();  // a word wider than the line
  if (word_.empty() || word_.back().style != style) word_.push_back({{}, style});
  word_.back().text += character;
  word_columns_ += columns;
}

void StyledLines::end_word() {
  if (word_.empty()) return;
  if (column_ > 0 && column_ + (space_ ? 1 : 0) + word_columns_ > width_) {
    put("\n", {});
    column_ = 0;
  } else if (space_) {
    // A space between two words in one style carries it, so that an underline is not interrupted.
    put(" ", space_style_ == current_ ? space_style_ : Style{});
    ++column_;
  }
  for (const Piece& piece : word_) put(piece.text, piece.style);
  column_ += word_columns_;
  word_.clear();
  word_columns_ = 0;
  space_ = false;
}

void StyledLines::end_line() {
  end_word();
  space_ = false;
  if (column_ == 0 && ++blank_lines_ > 1) return;
  if (column_ > 0) blank_lines_ = 0;
  put("\n", {});
  column_ = 0;
}

void StyledLines::put(std::string_view text, const Style& style) {
  if (color_ && style != current_) {
    out_ += escape_sequence(style);
    current_ = style;
  }
  out_ += text;
}

}  // namespace kutip::cli
