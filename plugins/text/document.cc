#include "text/document.h"

#include <algorithm>

#include "text/normal_form.h"
#include "text/paragraphs.h"
#include "text/tokenizer.h"

namespace kutip::text {
namespace {

// True if `token`, all ASCII, has this normal form.
bool equals_folded(std::string_view token, std::string_view form) {
  if (token.size() != form.size()) return false;
  for (std::size_t i = 0; i < token.size(); ++i) {
    const char c = token[i];
    if (form[i] != (c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c)) return false;
  }
  return true;
}

}  // namespace

void Document::analyze(std::string_view text, const TextRules& rules, const Vocabulary& vocabulary) {
  text_ = text;
  tokenize(text, rules, Extent::kText, scratch_, stream_);
  look_up_words(vocabulary);
  find_paragraphs(text, stream_, paragraphs_);
  quote_pairing_.pair(text, stream_, paragraphs_, quotations_);
  sentence_splitter_.split(text, rules, stream_, paragraphs_, quotations_, kMaxSentenceTokens, sentences_,
                           paragraph_of_sentence_);
  sentence_of_.resize(stream_.tokens.size());
  for (std::uint32_t s = 0; s < sentences_.size(); ++s) {
    std::fill(sentence_of_.begin() + sentences_[s].begin, sentence_of_.begin() + sentences_[s].end, s);
  }
}

// Looks up each token by its hash, and compares with the form that it finds, for hashes may collide. The slot of a
// token some way ahead is fetched meanwhile: in a large vocabulary most look-ups of unknown words miss the cache.
void Document::look_up_words(const Vocabulary& vocabulary) {
  constexpr std::size_t kAhead = 12;
  std::vector<Token>& tokens = stream_.tokens;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (i + kAhead < tokens.size()) vocabulary.prefetch(tokens[i + kAhead].hash);
    Token& token = tokens[i];
    const WordId word = vocabulary.find_by_hash(token.hash);
    if (word == kUnknownWord) continue;
    const bool ascii = token.length == token.span.size();
    if (ascii && equals_folded(Document::text(token), vocabulary.form(word))) {
      token.word = word;
      continue;
    }
    scratch_.clear();
    append_normal_form(Document::text(token), scratch_);
    token.word = vocabulary.find(scratch_, token.hash);
  }
}

std::vector<std::string> tokenize_normal_forms(std::string_view text, const TextRules& rules) {
  TokenStream stream;
  std::string scratch;
  tokenize(text, rules, Extent::kFragment, scratch, stream);
  std::vector<std::string> forms;
  forms.reserve(stream.tokens.size());
  for (const Token& token : stream.tokens) {
    forms.push_back(normal_form(text.substr(token.span.begin, token.span.size())));
  }
  return forms;
}

}  // namespace kutip::text
