#pragma once

#include <cstdint>
#include <string_view>

#include "text/span.h"
#include "text/token_stream.h"

namespace kutip::text {

// Marks pair within a kind only. Glyphs that differ in direction alone are one kind: texts use them any way round.
enum class QuoteKind : std::uint8_t {
  kDouble,  // " “ ” „ '' `` and their like
  kSingle,  // ' ‘ ’ ‚ ` ´: also apostrophes
  kGuillemet,
  kSingleGuillemet,
  kCorner,
  kWhiteCorner,
};
inline constexpr std::size_t kQuoteKinds = 6;

// What stands right beside a mark.
enum class Neighbour : std::uint8_t {
  kSpace,  // or the border of the paragraph
  kWord,   // also symbols
  kDigit,
  kOpenBracket,
  kDash,
  kEllipsis,
  kPunct,  // also closing brackets
  kMark,   // another quote mark
};

// A token that may be a quote mark, and what its surroundings say.
struct QuoteMark {
  std::uint32_t token = 0;
  char32_t glyph = 0;
  QuoteKind kind = QuoteKind::kDouble;
  Neighbour left = Neighbour::kSpace;
  Neighbour right = Neighbour::kSpace;
  bool never_opens = false;
  bool never_closes = false;
  bool misspaced = false;  // behind punctuation and a space, right before a word in lower case: perhaps , ”kata
};

// Reads the mark at `token`. `paragraph` holds it.
QuoteMark read_quote_mark(std::string_view text, const TokenStream& stream, std::uint32_t token, TokenRange paragraph);

}  // namespace kutip::text
