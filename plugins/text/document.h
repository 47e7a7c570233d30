#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "text/cancellation.h"
#include "text/quote_pairing.h"
#include "text/quoted_span.h"
#include "text/sentences.h"
#include "text/span.h"
#include "text/token.h"
#include "text/token_stream.h"
#include "text/vocabulary.h"

namespace kutip::text {

// What a language says about cutting text. Word sets are flags by WordId, so a look-up is one load.
struct TextRules {
  std::vector<std::uint8_t> abbreviation;   // indexed by WordId; non-zero: a full stop behind the word ends no sentence
  std::vector<std::string> split_suffixes;  // as written, like 's; longest first

  bool is_abbreviation(WordId word) const { return word < abbreviation.size() && abbreviation[word] != 0; }
};

// A text cut into tokens, sentences, paragraphs and quoted spans. Refers to the text that was analyzed, which must
// outlive it. One object is reused for many texts by one thread, so that its vectors keep their memory.
class Document {
 public:
  // Replaces the content by an analysis of `text`. O(bytes). REQUIRES: `text` is well-formed UTF-8 of less than 2^31
  // bytes; `rules` and `vocabulary` outlive the use of this object. Returns false, with the content unspecified, if
  // cancelled.
  bool analyze(std::string_view text, const TextRules& rules, const Vocabulary& vocabulary, Cancellation& cancellation);
  // The same, whatever happens.
  void analyze(std::string_view text, const TextRules& rules, const Vocabulary& vocabulary);

  std::string_view text() const { return text_; }
  std::span<const Token> tokens() const { return stream_.tokens; }
  // Sentences in order; together they cover all tokens, and none reaches over the end of a paragraph. Each part of a
  // closed quoted span lies within one sentence, unless that is forced to end: it has at most kMaxSentenceTokens.
  std::span<const TokenRange> sentences() const { return sentences_; }
  std::span<const TokenRange> paragraphs() const { return paragraphs_; }
  // Quoted spans by begin, outer ones first.
  std::span<const QuotedSpan> quoted() const { return quotations_.spans; }
  std::span<const TokenRange> quoted_parts() const { return quotations_.parts; }
  // Opening marks without a partner, in order, each contained to its paragraph. Single marks are not among them: they
  // are taken for apostrophes.
  std::span<const Span> unclosed_marks() const { return quotations_.unclosed_marks; }

  std::uint32_t sentence_of(std::uint32_t token) const { return sentence_of_[token]; }
  std::uint32_t paragraph_of(std::uint32_t token) const { return paragraph_of_sentence_[sentence_of_[token]]; }
  std::uint32_t paragraph_of_sentence(std::uint32_t sentence) const { return paragraph_of_sentence_[sentence]; }

  // Bytes from the first to the last token of a non-empty range.
  Span span(TokenRange range) const { return {tokens()[range.begin].span.begin, tokens()[range.end - 1].span.end}; }
  std::string_view text(Span span) const { return text_.substr(span.begin, span.size()); }
  std::string_view text(TokenRange range) const { return text(span(range)); }
  std::string_view text(const Token& token) const { return text(token.span); }
  // True if white space stands before the token.
  bool space_before(std::uint32_t token) const {
    return token == 0 ? tokens()[0].span.begin != 0 : tokens()[token - 1].span.end != tokens()[token].span.begin;
  }

  static constexpr std::uint32_t kMaxSentenceTokens = 400;

 private:
  void look_up_words(const Vocabulary& vocabulary);
  bool has_normal_form(const Token& token, std::string_view form);

  std::string_view text_;
  TokenStream stream_;
  std::vector<TokenRange> paragraphs_;
  Quotations quotations_;
  std::vector<TokenRange> sentences_;
  std::vector<std::uint32_t> sentence_of_;
  std::vector<std::uint32_t> paragraph_of_sentence_;
  QuotePairing quote_pairing_;
  SentenceSplitter sentence_splitter_;
  std::string scratch_;
};

// For lexicon entries and literals of rules: the normal forms of the tokens of `text`, cut exactly as a Document cuts
// them where more text follows: a single capital at the end keeps its full stop.
std::vector<std::string> tokenize_normal_forms(std::string_view text, const TextRules& rules);

}  // namespace kutip::text
