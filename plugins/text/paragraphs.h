#pragma once

#include <string_view>
#include <vector>

#include "text/span.h"
#include "text/token_stream.h"

namespace kutip::text {

// Finds the paragraphs of a text and replaces the content of `out`; they cover all tokens. A blank line always
// separates paragraphs. A single line end separates them too, for most texts have a paragraph a line, unless
//  - the lines between two blank lines look filled to a common width (three or more, the longest of
//    kMinFilledColumns to kMaxFilledColumns, each too long to take the first word of the next), or
//  - the line ends no sentence and the next one starts in lower case.
// O(tokens + bytes of the lines in question).
void find_paragraphs(std::string_view text, const TokenStream& stream, std::vector<TokenRange>& out);

inline constexpr std::size_t kMinFilledColumns = 40;  // code points
inline constexpr std::size_t kMaxFilledColumns = 120;

}  // namespace kutip::text
