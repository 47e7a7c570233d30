#include "matching/token_facts.h"

#include <algorithm>

#include "matching/version.h"
#include "text/normal_form.h"

namespace kutip::matching {
namespace {

// The first word or number of each sentence.
template <typename F>
void for_each_initial(const text::Document& document, F f) {
  constexpr std::uint16_t kNoWord = text::kPunct | text::kSymbol;
  for (const text::TokenRange sentence : document.sentences()) {
    std::uint32_t i = sentence.begin;
    while (i < sentence.end && (document.tokens()[i].shape & kNoWord) != 0) ++i;
    if (i < sentence.end) f(i);
  }
}

}  // namespace

bool TokenFacts::find(const TokenClasses& classes, const text::Document& document, const LexiconHits& hits,
                      text::Cancellation& cancellation) {
  version_ = new_version();
  kind_ = classes.generation();
  columns_ = classes.columns();
  const std::span<const text::Token> tokens = document.tokens();
  bits_.resize(tokens.size() * columns_);
  std::uint64_t* row = bits_.data();
  constexpr std::size_t kAhead = 12;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (cancellation.sometimes()) return false;
    classes.prefetch(tokens[std::min(i + kAhead, tokens.size() - 1)].word);
    find_token(classes, document, tokens[i], row);
    row += columns_;
  }
  for_each_initial(document, [this](std::uint32_t i) { bits_[std::size_t{i} * columns_] |= kSentenceInitial; });
  for (const LexiconHit& hit : hits.hits()) {
    if (cancellation.sometimes()) return false;
    for (const TokenClassMask& in : classes.of_lexicon(hit.lexicon)) {
      std::uint64_t* bits = bits_.data() + std::size_t{hit.range.begin} * columns_ + in.column;
      for (std::uint32_t i = hit.range.begin; i < hit.range.end; ++i, bits += columns_) *bits |= in.bits;
    }
  }
  return sum_up_sentences(document, cancellation);
}

bool TokenFacts::sum_up_sentences(const text::Document& document, text::Cancellation& cancellation) {
  sentence_bits_.assign(document.sentences().size() * columns_, 0);
  std::uint64_t* sum = sentence_bits_.data();
  for (const text::TokenRange sentence : document.sentences()) {
    if (cancellation.sometimes()) return false;
    const std::uint64_t* const end = of(sentence.end);
    for (const std::uint64_t* bits = of(sentence.begin); bits != end; bits += columns_)
      for (std::uint32_t column = 0; column < columns_; ++column) sum[column] |= bits[column];
    sum += columns_;
  }
  return true;
}

void TokenFacts::find_token(const TokenClasses& classes, const text::Document& document, const text::Token& token,
                            std::uint64_t* row) {
  std::copy_n(classes.row(token.word, (token.shape & text::kCapital) != 0), columns_, row);
  if (token.word == text::kUnknownWord) {
    scratch_.clear();
    text::append_normal_form(document.text(token), scratch_);
    classes.add_affixes(scratch_, row);
    if (classes.has_unknown_texts()) row[0] |= kHasTexts;
  }
  if ((row[0] & kHasTexts) != 0) classes.add_texts(token.word, document.text(token), row);
  row[0] |= token.shape;
}

}  // namespace kutip::matching
