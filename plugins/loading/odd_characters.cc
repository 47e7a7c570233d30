#include "loading/odd_characters.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

#include "text/utf8.h"

namespace kutip::loading {
namespace {

enum class Kind { kSpace, kInvisible, kQuote, kControl };

struct Named {
  char32_t point;
  Kind kind;
  const char* name;
};

constexpr std::array kNamed = {
    Named{0x0000, Kind::kControl, "NULL"},
    Named{0x0007, Kind::kControl, "BELL"},
    Named{0x0008, Kind::kControl, "BACKSPACE"},
    Named{0x000B, Kind::kControl, "LINE TABULATION"},
    Named{0x000C, Kind::kControl, "FORM FEED"},
    Named{0x000D, Kind::kControl, "CARRIAGE RETURN"},
    Named{0x001B, Kind::kControl, "ESCAPE"},
    Named{0x007F, Kind::kControl, "DELETE"},
    Named{0x0085, Kind::kSpace, "NEXT LINE"},
    Named{0x00A0, Kind::kSpace, "NO-BREAK SPACE"},
    Named{0x00AB, Kind::kQuote, "LEFT-POINTING DOUBLE ANGLE QUOTATION MARK"},
    Named{0x00AD, Kind::kInvisible, "SOFT HYPHEN"},
    Named{0x00BB, Kind::kQuote, "RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK"},
    Named{0x2002, Kind::kSpace, "EN SPACE"},
    Named{0x2003, Kind::kSpace, "EM SPACE"},
    Named{0x2007, Kind::kSpace, "FIGURE SPACE"},
    Named{0x2009, Kind::kSpace, "THIN SPACE"},
    Named{0x200A, Kind::kSpace, "HAIR SPACE"},
    Named{0x200B, Kind::kInvisible, "ZERO WIDTH SPACE"},
    Named{0x200C, Kind::kInvisible, "ZERO WIDTH NON-JOINER"},
    Named{0x200D, Kind::kInvisible, "ZERO WIDTH JOINER"},
    Named{0x200E, Kind::kInvisible, "LEFT-TO-RIGHT MARK"},
    Named{0x200F, Kind::kInvisible, "RIGHT-TO-LEFT MARK"},
    Named{0x2018, Kind::kQuote, "LEFT SINGLE QUOTATION MARK"},
    Named{0x2019, Kind::kQuote, "RIGHT SINGLE QUOTATION MARK"},
    Named{0x201A, Kind::kQuote, "SINGLE LOW-9 QUOTATION MARK"},
    Named{0x201C, Kind::kQuote, "LEFT DOUBLE QUOTATION MARK"},
    Named{0x201D, Kind::kQuote, "RIGHT DOUBLE QUOTATION MARK"},
    Named{0x201E, Kind::kQuote, "DOUBLE LOW-9 QUOTATION MARK"},
    Named{0x2028, Kind::kSpace, "LINE SEPARATOR"},
    Named{0x2029, Kind::kSpace, "PARAGRAPH SEPARATOR"},
    Named{0x202F, Kind::kSpace, "NARROW NO-BREAK SPACE"},
    Named{0x2060, Kind::kInvisible, "WORD JOINER"},
    Named{0x3000, Kind::kSpace, "IDEOGRAPHIC SPACE"},
    Named{0xFEFF, Kind::kInvisible, "BYTE ORDER MARK"},
};

const Named* find(char32_t point) {
  const auto at = std::lower_bound(kNamed.begin(), kNamed.end(), point,
                                   [](const Named& named, char32_t p) { return named.point < p; });
  return at != kNamed.end() && at->point == point ? &*at : nullptr;
}

bool is_odd(char32_t point) {
  const Named* named = find(point);
  return named != nullptr && named->kind != Kind::kControl;
}

}  // namespace

bool is_odd_space(char32_t point) {
  const Named* named = find(point);
  return named != nullptr && named->kind == Kind::kSpace;
}

bool is_invisible(char32_t point) {
  const Named* named = find(point);
  return named != nullptr && named->kind == Kind::kInvisible;
}

bool is_typographic_quote(char32_t point) {
  const Named* named = find(point);
  return named != nullptr && named->kind == Kind::kQuote;
}

std::string code_point_name(char32_t point) {
  std::array<char, 16> number{};
  std::snprintf(number.data(), number.size(), "U+%04X", static_cast<unsigned>(point));
  const Named* named = find(point);
  return named == nullptr ? number.data() : std::string(number.data()) + " " + named->name;
}

std::optional<char32_t> first_odd_character(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const text::CodePoint point = text::code_point_at(text, i);
    if (is_odd(point.value)) return point.value;
    i += point.size;
  }
  return std::nullopt;
}

std::string without_odd_characters(std::string_view text, char space) {
  std::string clean, spaces;
  for (std::size_t i = 0; i < text.size();) {
    const text::CodePoint point = text::code_point_at(text, i);
    if (is_odd_space(point.value)) {
      spaces += space;
    } else if (!is_odd(point.value)) {
      clean += std::exchange(spaces, {});
      clean += text.substr(i, point.size);
    }
    i += point.size;
  }
  return clean;
}

}  // namespace kutip::loading
