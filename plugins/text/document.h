#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "text/span.h"
#include "text/vocabulary.h"

namespace kutip::text {

// Shapes of a token as bits; exactly one of the first eight is set.
enum Shape : std::uint16_t {
  kLower = 1 << 0,
  kTitle = 1 << 1,
  kUpper = 1 << 2,   // two letters or more, all capitals (digits may be among them)
  kMixed = 1 << 3,   // any other word with a letter
  kNumber = 1 << 4,  // starts with a digit, has no letter or ends in lower-case letters (3rd)
  kPunct = 1 << 5,
  kSymbol = 1 << 6,
  kInitial = 1 << 7,  // a lone capital, or capitals each with its full stop
  kCapital = 1 << 8,  // beside one of title, upper, mixed, initial: the first letter is a capital
};

struct Token {
  Span span;
  WordId word = kUnknownWord;  // of the normal form, in the grammar's vocabulary
  std::uint16_t shape = 0;
  std::uint16_t length = 0;  // code points, at most 65535
  std::uint64_t hash = 0;    // hash_word() of the normal form
};

// A pair of quote marks and what stands between, or an opening mark without its partner.
struct QuotedSpan {
  TokenRange range;          // marks included
  TokenRange inner;          // without the marks
  bool closed = true;        // false: reaches to the end of its paragraph
  std::uint32_t depth = 0;   // 0 = outermost
  std::int32_t parent = -1;  // index of the enclosing QuotedSpan
  std::uint32_t first_part =
      0;  // quoted_parts()[first_part, first_part + part_count): one range per paragraph, each with
  std::uint32_t part_count = 1;  // the marks that open and close it there
};

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
  // bytes; `rules` and `vocabulary` outlive the use of this object.
  void analyze(std::string_view text, const TextRules& rules, const Vocabulary& vocabulary);

  std::string_view text() const { return text_; }
  std::span<const Token> tokens() const { return tokens_; }
  // Sentences in order; together they cover all tokens. A quoted span lies within one sentence, unless it is forced to
  // end: a sentence has at most kMaxSentenceTokens.
  std::span<const TokenRange> sentences() const { return sentences_; }
  std::span<const TokenRange> paragraphs() const { return paragraphs_; }
  // Quoted spans by begin, outer ones first.
  std::span<const QuotedSpan> quoted() const { return quoted_; }
  std::span<const TokenRange> quoted_parts() const { return quoted_parts_; }
  // Opening marks without a partner, each contained to its paragraph.
  std::span<const Span> unclosed_marks() const { return unclosed_marks_; }

  std::uint32_t sentence_of(std::uint32_t token) const { return sentence_of_[token]; }
  std::uint32_t paragraph_of(std::uint32_t token) const { return paragraph_of_sentence_[sentence_of_[token]]; }
  std::uint32_t paragraph_of_sentence(std::uint32_t sentence) const { return paragraph_of_sentence_[sentence]; }

  // Bytes from the first to the last token of a non-empty range.
  Span span(TokenRange range) const { return {tokens_[range.begin].span.begin, tokens_[range.end - 1].span.end}; }
  std::string_view text(Span span) const { return text_.substr(span.begin, span.size()); }
  std::string_view text(TokenRange range) const { return text(span(range)); }
  std::string_view text(const Token& token) const { return text(token.span); }
  // True if white space stands before the token.
  bool space_before(std::uint32_t token) const {
    return token == 0 ? tokens_[0].span.begin != 0 : tokens_[token - 1].span.end != tokens_[token].span.begin;
  }

  static constexpr std::uint32_t kMaxSentenceTokens = 400;

 private:
  std::string_view text_;
  std::vector<Token> tokens_;
  std::vector<TokenRange> sentences_;
  std::vector<TokenRange> paragraphs_;
  std::vector<std::uint32_t> sentence_of_;
  std::vector<std::uint32_t> paragraph_of_sentence_;
  std::vector<QuotedSpan> quoted_;
  std::vector<TokenRange> quoted_parts_;
  std::vector<Span> unclosed_marks_;
  std::string scratch_;
};

// For lexicon entries and literals of rules: the normal forms of the tokens of
// `text`, cut exactly as a Document cuts them.
std::vector<std::string> tokenize_normal_forms(std::string_view text, const TextRules& rules);

}  // namespace kutip::text
