#pragma once

#include <cstdint>
#include <vector>

#include "text/token.h"

namespace kutip::text {

// Line ends between two tokens.
struct LineEnd {
  std::uint32_t token = 0;  // the first one behind
  bool blank = false;       // a blank line or a paragraph separator is among them
};

// What one pass over a text finds: its tokens, and by index those that later steps look for, so that none of these
// needs to visit all tokens again.
struct TokenStream {
  std::vector<Token> tokens;
  std::vector<LineEnd> line_ends;          // in order, none before the first or behind the last token
  std::vector<std::uint32_t> quote_marks;  // anything that could be one
  std::vector<std::uint32_t> stops;        // runs of . ? ! and their like, not the full stop inside an initial
  std::vector<std::uint32_t> brackets;

  void clear() {
    tokens.clear();
    line_ends.clear();
    quote_marks.clear();
    stops.clear();
    brackets.clear();
  }
};

}  // namespace kutip::text
