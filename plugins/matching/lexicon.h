#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "matching/ids.h"
#include "text/document.h"
#include "text/vocabulary.h"

namespace kutip::matching {

enum class LexiconMatch : std::uint8_t {
  kFolded,   // normal forms are equal
  kExact,    // the text is equal, token by token
  kCapital,  // normal forms are equal and the first token is capitalised in the text
};

using EntryId = std::uint32_t;  // index over the entries of all lexicons of a LexiconSet
inline constexpr EntryId kNoEntry = 0xFFFFFFFF;

// An entry of a lexicon, found in a document.
struct LexiconHit {
  text::TokenRange range;
  LexiconId lexicon = 0;
  EntryId entry = 0;
};

// A word that is an entry of a lexicon of which only that is ever asked.
struct CoverWord {
  text::WordId word = text::kUnknownWord;
  LexiconId lexicon = 0;
  bool capital = false;  // only where the token is capitalised
};

// All lexicons of a grammar: one trie over word ids. Immutable once built; any number of threads may read it.
class LexiconSet {
 public:
  class Builder;
  LexiconSet();
  LexiconSet(LexiconSet&&) noexcept;
  LexiconSet& operator=(LexiconSet&&) noexcept;
  ~LexiconSet();

  std::size_t lexicon_count() const;
  std::size_t entry_count() const;
  std::string_view name(LexiconId lexicon) const;
  // Index of the column called `name`, or -1.
  int column(LexiconId lexicon, std::string_view name) const;
  LexiconId lexicon_of(EntryId entry) const;
  // The value of a column of an entry ("" if the line had none); column 0 is the form as the file has it.
  std::string_view value(EntryId entry, int column) const;
  // Entries of one word that make no hits, as add_lexicon() says.
  std::span<const CoverWord> cover_words() const;
  // Line of the entry in its file, 1-based; 0 for words given in YAML.
  std::uint32_t line(EntryId entry) const;

 private:
  friend class LexiconHits;
  struct Impl;
  std::unique_ptr<const Impl> impl_;  // never null but in a moved-from set
};

// Collects lexicons and builds the set. Usage: add_lexicon(), add_entry() for it, ..., std::move(builder).build().
class LexiconSet::Builder {
 public:
  // `vocabulary` receives the words of all entries and must be the one the documents are analyzed with.
  explicit Builder(text::Vocabulary& vocabulary);
  ~Builder();

  // With `cover_only` nobody asks for the lexicon's entries, only for the tokens inside them: entries of one word are
  // cover_words() then where the spelling does not matter, and make no hits, for most tokens have such an entry.
  LexiconId add_lexicon(std::string name, LexiconMatch match, std::vector<std::string> columns,
                        bool cover_only = false);
  // `tokens` are the normal forms of the entry's tokens (text::tokenize_normal_forms), at most kMaxEntryTokens.
  // `columns[0]` is the form. Of equal forms in one lexicon the first is kept: of equal tokens, or in a kExact lexicon
  // of forms spelt alike.
  void add_entry(LexiconId lexicon, std::span<const std::string> tokens, std::span<const std::string_view> columns,
                 std::uint32_t line);
  LexiconSet build() &&;

  static constexpr std::size_t kMaxEntryTokens = 24;

 private:
  struct State;
  void add_values(LexiconId lexicon, std::span<const std::string_view> columns, std::uint32_t line);

  std::unique_ptr<State> state_;
  text::Vocabulary& vocabulary_;
};

// The entries found in one document. Reused for many documents by one thread.
class LexiconHits {
 public:
  // Finds all entries of all lexicons, those that reach over the end of a paragraph excepted. O(tokens + trie nodes
  // visited + hits): a few nanoseconds for a token that no entry starts with.
  void find(const LexiconSet& lexicons, const text::Document& document);

  // Hits in order of begin, then longest first, then in the order the entries were added.
  std::span<const LexiconHit> hits() const { return hits_; }
  // Hits that begin (end) at a token border, longest first, then in the order the entries were added; as indices into
  // hits(). REQUIRES: the border is at most the number of tokens.
  std::span<const std::uint32_t> starting_at(std::uint32_t token) const {
    return {order_.data() + first_at_begin_[token], first_at_begin_[token + 1] - first_at_begin_[token]};
  }
  std::span<const std::uint32_t> ending_at(std::uint32_t token_end) const {
    return {by_end_.data() + first_at_end_[token_end], first_at_end_[token_end + 1] - first_at_end_[token_end]};
  }
  // True if the token lies inside a hit of the lexicon. O(hits that begin within an entry's length before it).
  bool covered(std::uint32_t token, LexiconId lexicon) const;

 private:
  void find_at(std::uint32_t token, const LexiconSet& lexicons, const text::Document& document);
  void sort_by_end(std::uint32_t tokens);

  std::vector<LexiconHit> hits_;
  std::vector<std::uint32_t> starts_;          // tokens that entries may begin with
  std::vector<std::uint32_t> order_;           // 0, 1, 2, ...: what starting_at() returns parts of; only grows
  std::vector<std::uint32_t> first_at_begin_;  // by token border: hits_[f[i], f[i + 1]) begin at i
  std::vector<std::uint32_t> by_end_;          // indices into hits_, by end, then by begin
  std::vector<std::uint32_t> first_at_end_;
};

}  // namespace kutip::matching
