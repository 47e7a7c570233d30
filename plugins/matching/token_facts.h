#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "matching/lexicon.h"
#include "matching/token_classes.h"
#include "text/cancellation.h"
#include "text/document.h"

namespace kutip::matching {

// What conditions ask about the tokens of one document, but for annotations: for each token its shape and classes as
// bits, so that a condition is a few masks. Reused for many documents by one thread.
class TokenFacts {
 public:
  // Returns false, with facts missing, if cancelled. O(tokens + hits). REQUIRES: `classes` is indexed for the vocabulary
  // that the document was analyzed with.
  bool find(const TokenClasses& classes, const text::Document& document, const LexiconHits& hits,
            text::Cancellation& cancellation);

  // Another number after each find().
  std::uint64_t version() const { return version_; }
  // TokenClasses::generation(): bits of different ones mean different things.
  std::uint64_t kind() const { return kind_; }
  std::uint32_t columns() const { return columns_; }

  // The bits of a token, TokenClasses::columns() words.
  const std::uint64_t* of(std::uint32_t token) const { return bits_.data() + std::size_t{token} * columns_; }
  // The bits that some token of the sentence has.
  const std::uint64_t* in_sentence(std::uint32_t sentence) const {
    return sentence_bits_.data() + std::size_t{sentence} * columns_;
  }

 private:
  bool sum_up_sentences(const text::Document& document, text::Cancellation& cancellation);
  void find_token(const TokenClasses& classes, const text::Document& document, const text::Token& token,
                  std::uint64_t* row);

  std::uint64_t version_ = 0, kind_ = 0;
  std::uint32_t columns_ = 1;
  std::vector<std::uint64_t> bits_;
  std::vector<std::uint64_t> sentence_bits_;
  std::string scratch_;
};

}  // namespace kutip::matching
