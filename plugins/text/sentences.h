#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "text/quote_pairing.h"
#include "text/span.h"
#include "text/token_stream.h"

namespace kutip::text {

struct TextRules;

// Finds sentences. Keeps its memory from text to text.
//
// A sentence ends behind a stop and the closing marks and brackets that follow it if what comes then can start one (a
// capital, a digit, an opening quote mark or bracket, a dash), but not
//  - inside a closed quotation or a pair of brackets of at most kMaxBracketTokens,
//  - behind an abbreviation of the rules,
//  - behind a number or letter that the sentence starts with: "1. Budi".
// The end of a paragraph ends it in any case.
class SentenceSplitter {
 public:
  // Appends the sentences of one text, paragraph by paragraph, to the emptied `out`; paragraph_of gets the paragraph of
  // each. No sentence has more than `max_tokens`. O(tokens).
  void split(std::string_view text, const TextRules& rules, const TokenStream& stream,
             std::span<const TokenRange> paragraphs, const Quotations& quotations, std::uint32_t max_tokens,
             std::vector<TokenRange>& out, std::vector<std::uint32_t>& paragraph_of);

  static constexpr std::uint32_t kMaxBracketTokens = 64;

 private:
  void bind_quotations(const Quotations& quotations);
  void bind_brackets(std::string_view text, const TokenStream& stream, std::span<const TokenRange> paragraphs);

  std::vector<TokenRange> quoted_, bracketed_;  // by begin: ranges that no sentence end may cut
  std::vector<std::uint32_t> open_brackets_;    // a stack of indices into bracketed_
};

}  // namespace kutip::text
