#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "matching/lexicon.h"
#include "text/vocabulary.h"

namespace kutip::matching {

// A set of tokens that some condition asks for, as a bit of TokenFacts.
struct TokenClass {
  std::uint32_t column = 0;
  std::uint64_t bit = 0;
};
// Several classes of one column.
struct TokenClassMask {
  std::uint32_t column = 0;
  std::uint64_t bits = 0;
};

// Bits of column 0 that do not depend on any rule: the shape in the lowest 16, then these.
inline constexpr std::uint64_t kSentenceInitial = 1u << 16;
inline constexpr std::uint64_t kHasTexts = 1u << 17;  // TokenClasses::texts_of() may have classes for the word

// All classes that the conditions of a grammar ask for: each distinct list of words, texts, affixes or lexicons is one.
// Which classes a word is in is found out once, when rules load; what is left for a text is to copy a row of bits per
// token. Filled by compile(), then index()ed; from then on any number of threads may read it.
class TokenClasses {
 public:
  // Each returns the class of the list, a new one if no equal list was given before. REQUIRES: the list is not empty.
  // Of words and texts there may be as many lists as rules; to keep rows short, nullopt is returned for new ones once
  // there are kMaxListed classes.
  std::optional<TokenClass> of_words(std::vector<text::WordId> words);
  std::optional<TokenClass> of_texts(std::vector<std::string> texts);  // the token as written
  TokenClass of_prefixes(std::vector<std::string> prefixes);           // of the normal form
  TokenClass of_suffixes(std::vector<std::string> suffixes);
  TokenClass of_lexicons(std::vector<LexiconId> lexicons);  // inside an entry of one of them

  // Notes that somebody asks for the lexicon's entries, not only for the tokens inside them.
  void ask_for_entries(LexiconId lexicon) { entries_asked_.insert(lexicon); }
  bool entries_asked(LexiconId lexicon) const { return entries_asked_.count(lexicon) != 0; }

  // Finds the classes of all words of the vocabulary. Call it when all classes were asked for, and again if more were.
  // O(words of the vocabulary + those of the lists).
  void index(const text::Vocabulary& vocabulary, const LexiconSet& lexicons);
  // Another number after each class that is added.
  std::size_t version() const { return ids_.size(); }

  static constexpr std::size_t kMaxListed = 600;

  // Another number after each index(), unlike that of any other TokenClasses.
  std::uint64_t generation() const { return generation_; }

  // 64-bit words for one token.
  std::uint32_t columns() const { return columns_; }
  // The row of a word that was in the vocabulary, columns() long: its classes of words, affixes and LexiconSet::
  // cover_words().
  const std::uint64_t* row(text::WordId word, bool capital) const {
    if (word >= row_of_word_.size()) return rows_.data();
    return rows_.data() + (capital ? row_of_word_[word].capital : row_of_word_[word].other);
  }
  // Hides the cost of reaching memory when called some words before row().
  void prefetch(text::WordId word) const { __builtin_prefetch(&row_of_word_[word < row_of_word_.size() ? word : 0]); }
  // Adds the classes of affixes of a word that is not in the vocabulary.
  void add_affixes(std::string_view normal_form, std::uint64_t* row) const;
  // Adds the classes of texts. `word` is the token's.
  void add_texts(text::WordId word, std::string_view text, std::uint64_t* row) const;
  bool has_unknown_texts() const { return has_unknown_texts_; }
  // The classes that hold in all entries of the lexicon.
  std::span<const TokenClassMask> of_lexicon(LexiconId lexicon) const {
    return lexicon < of_lexicon_.size() ? std::span<const TokenClassMask>(of_lexicon_[lexicon])
                                        : std::span<const TokenClassMask>();
  }

 private:
  enum class Kind : std::uint8_t { kWords, kTexts, kPrefixes, kSuffixes, kLexicons };
  struct Listed {
    std::string text;
    TokenClass in;
  };

  TokenClass add(Kind kind, const std::string& key, bool& is_new);
  bool has_room(Kind kind, const std::string& key) const;
  // Where the rows of a word begin in rows_.
  struct WordRows {
    std::uint32_t other = 0, capital = 0;
  };
  void index_rows(const text::Vocabulary& vocabulary, const LexiconSet& lexicons);

  std::map<std::pair<Kind, std::string>, TokenClass> ids_;
  std::vector<std::pair<text::WordId, TokenClass>> words_;
  std::vector<Listed> texts_;
  std::vector<Listed> prefixes_[256], suffixes_[256];  // by first (last) byte
  std::vector<std::vector<TokenClassMask>> of_lexicon_;
  std::set<LexiconId> entries_asked_;

  std::uint64_t generation_ = 0;
  std::uint32_t columns_ = 1;
  std::vector<std::uint64_t> rows_ = {0};  // of columns_ each; the first is empty
  std::vector<WordRows> row_of_word_;
  std::vector<std::vector<Listed>> spellings_;    // those of one normal form together
  std::vector<std::uint32_t> spellings_of_word_;  // index into spellings_; the first are those of unknown words
  bool has_unknown_texts_ = false;
};

}  // namespace kutip::matching
