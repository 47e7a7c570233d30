#include "text/document.h"

#include <algorithm>

#include "text/normal_form.h"
#include "text/paragraphs.h"
#include "text/plain_word.h"
#include "text/tokenizer.h"

namespace kutip::text {

static_assert(Vocabulary::kReadableBytes >= 16, "short_word_folds_to() reads as much");

bool Document::analyze(std::string_view text, const TextRules& rules, const Vocabulary& vocabulary,
                       Cancellation& cancellation) {
  text_ = text;
  if (!tokenize(text, rules, Extent::kText, scratch_, cancellation, stream_)) return false;
  look_up_words(vocabulary);
  find_paragraphs(text, stream_, paragraphs_);
  if (cancellation.now()) return false;
  if (!quote_pairing_.pair(text, stream_, paragraphs_, cancellation, quotations_)) return false;
  sentence_splitter_.split(text, rules, stream_, paragraphs_, quotations_, kMaxSentenceTokens, sentences_,
                           paragraph_of_sentence_);
  sentence_of_.resize(stream_.tokens.size());
  for (std::uint32_t s = 0; s < sentences_.size(); ++s) {
    std::fill(sentence_of_.begin() + sentences_[s].begin, sentence_of_.begin() + sentences_[s].end, s);
  }
  return true;
}

void Document::analyze(std::string_view text, const TextRules& rules, const Vocabulary& vocabulary) {
  Cancellation never;
  analyze(text, rules, vocabulary, never);
}

// Looks up each token by its hash, and compares with the form that it finds, for hashes may collide. The slot of a
// token some way ahead is fetched meanwhile: in a large vocabulary most look-ups miss the cache.
void Document::look_up_words(const Vocabulary& vocabulary) {
  constexpr std::size_t kAhead = 16, kFormAhead = 8;
  const std::span<Token> tokens(stream_.tokens);
  const std::size_t short_limit = text_.size() < 16 ? 0 : text_.size() - 15;  // bytes where 16 can be read
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    Token& token = tokens[i];
    vocabulary.prefetch(tokens[std::min(i + kAhead, tokens.size() - 1)].hash);
    vocabulary.prefetch_form(tokens[std::min(i + kFormAhead, tokens.size() - 1)].hash);
    const std::uint32_t size = token.span.size();
    const bool is_short = size <= 16 && token.length == size && token.span.begin < short_limit;
    token.word = vocabulary.find_if(token.hash, [&](std::string_view form) {
      if (!is_short) return has_normal_form(token, form);
      return form.size() == size && short_word_folds_to(text_.data() + token.span.begin, form.data(), size);
    });
  }
}

bool Document::has_normal_form(const Token& token, std::string_view form) {
  scratch_.clear();
  append_normal_form(text(token), scratch_);
  return scratch_ == form;
}

std::vector<std::string> tokenize_normal_forms(std::string_view text, const TextRules& rules) {
  TokenStream stream;
  std::string scratch;
  Cancellation never;
  tokenize(text, rules, Extent::kFragment, scratch, never, stream);
  std::vector<std::string> forms;
  forms.reserve(stream.tokens.size());
  for (const Token& token : stream.tokens) {
    forms.push_back(normal_form(text.substr(token.span.begin, token.span.size())));
  }
  return forms;
}

}  // namespace kutip::text
