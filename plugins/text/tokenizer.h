#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "text/cancellation.h"
#include "text/token_stream.h"

namespace kutip::text {

struct TextRules;

enum class Extent {
  kText,      // a whole text: a capital with a full stop at its end is a word and a stop
  kFragment,  // part of one, like a lexicon entry: there it is an initial
};

// Cuts `text` into tokens as rules/LANGUAGE.md has it ("Tokens") and replaces the content of `out`; Token::word stays
// unknown. `scratch` is memory to reuse. Returns false, with tokens missing, if cancelled. O(bytes). REQUIRES: as
// Document::analyze().
bool tokenize(std::string_view text, const TextRules& rules, Extent extent, std::string& scratch,
              Cancellation& cancellation, TokenStream& out);

}  // namespace kutip::text
