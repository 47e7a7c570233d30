#include "text/quote_mark.h"

#include "text/char_at.h"

namespace kutip::text {
namespace {

QuoteKind kind_of(char32_t glyph, bool doubled) {
  switch (glyph) {
    case '\'':
    case '`':
    case 0xB4:
    case 0x2BC:
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201B:
    case 0xFF07:
      return doubled ? QuoteKind::kDouble : QuoteKind::kSingle;
    case 0xAB:
    case 0xBB:
      return QuoteKind::kGuillemet;
    case 0x2039:
    case 0x203A:
      return QuoteKind::kSingleGuillemet;
    case 0x300C:
    case 0x300D:
    case 0xFE41:
    case 0xFE42:
    case 0xFF62:
    case 0xFF63:
      return QuoteKind::kCorner;
    case 0x300E:
    case 0x300F:
    case 0xFE43:
    case 0xFE44:
      return QuoteKind::kWhiteCorner;
    default:
      return QuoteKind::kDouble;
  }
}

// Few glyphs have one direction in all languages and in sloppy texts too.
bool only_opens(char32_t glyph) {
  switch (glyph) {
    case 0x201A:
    case 0x201E:
    case 0x2E42:
    case 0x300C:
    case 0xFE41:
    case 0xFF62:
    case 0x300E:
    case 0xFE43:
    case 0x301D:
      return true;
    default:
      return false;
  }
}

bool only_closes(char32_t glyph) {
  switch (glyph) {
    case 0x300D:
    case 0xFE42:
    case 0xFF63:
    case 0x300F:
    case 0xFE44:
    case 0x301E:
    case 0x301F:
      return true;
    default:
      return false;
  }
}

Neighbour neighbour_of(CharClass c) {
  switch (c) {
    case CharClass::kSpace:
    case CharClass::kLineEnd:
      return Neighbour::kSpace;
    case CharClass::kDigit:
      return Neighbour::kDigit;
    case CharClass::kOpenBracket:
      return Neighbour::kOpenBracket;
    case CharClass::kHyphen:
    case CharClass::kDash:
      return Neighbour::kDash;
    case CharClass::kFullStop:
    case CharClass::kSeparator:
    case CharClass::kStop:
    case CharClass::kCloseBracket:
    case CharClass::kPunct:
      return Neighbour::kPunct;
    case CharClass::kApostrophe:
    case CharClass::kQuoteMark:
      return Neighbour::kMark;
    default:
      return Neighbour::kWord;
  }
}

Neighbour left_of(std::string_view text, std::uint32_t begin) {
  CodePoint c = code_point_before(text, begin);
  while (class_of(c.value) == CharClass::kExtend && c.size < begin) {
    begin -= c.size;
    c = code_point_before(text, begin);
  }
  return neighbour_of(class_of(c.value));
}

// Marks that a word may start with: #tagar, @nama.
bool is_sigil(char c) {
  return c == '#' || c == '@' || c == '&' || c == '*' || c == '_' || c == '\\';
}

Neighbour right_of(std::string_view text, std::uint32_t end) {
  if (end < text.size() && is_sigil(text[end])) return Neighbour::kWord;
  const bool dots = text.substr(end, 2) == "..";
  if (dots || (end < text.size() && code_point_at(text, end).value == 0x2026)) return Neighbour::kEllipsis;
  return neighbour_of(char_at(text, end).char_class);
}

bool is_misspaced(std::string_view text, const TokenStream& stream, std::uint32_t token) {
  const CharClass before = class_of(code_point_before(text, stream.tokens[token - 1].span.end).value);
  return neighbour_of(before) == Neighbour::kPunct &&
         char_at(text, stream.tokens[token].span.end).char_class == CharClass::kLower;
}

// ’98: an apostrophe before two digits stands for a century.
bool elides_century(std::string_view text, char32_t glyph, std::uint32_t end) {
  if (glyph != '\'' && glyph != 0x2019) return false;
  const auto digit_at = [&](std::uint32_t i) { return char_at(text, end + i).char_class == CharClass::kDigit; };
  return digit_at(0) && digit_at(1) && !digit_at(2);
}

}  // namespace

QuoteMark read_quote_mark(std::string_view text, const TokenStream& stream, std::uint32_t token, TokenRange paragraph) {
  const Span span = stream.tokens[token].span;
  const CodePoint glyph = code_point_at(text, span.begin);
  const bool doubled = span.size() >= 2 * glyph.size &&
                       text.substr(span.begin, glyph.size) == text.substr(span.begin + glyph.size, glyph.size);
  QuoteMark mark;
  mark.token = token;
  mark.glyph = glyph.value;
  mark.kind = kind_of(glyph.value, doubled);
  if (token > paragraph.begin) mark.left = left_of(text, span.begin);
  if (token + 1 < paragraph.end) mark.right = right_of(text, span.end);
  mark.never_opens = only_closes(glyph.value) || elides_century(text, glyph.value, span.end);
  mark.never_closes = only_opens(glyph.value);
  mark.misspaced = token > paragraph.begin && mark.left == Neighbour::kSpace && is_misspaced(text, stream, token);
  return mark;
}

}  // namespace kutip::text
