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
  // Line of the entry in its file, 1-based; 0 for words given in YAML.
  std::uint32_t line(EntryId entry) const;

 private:
  friend class LexiconHits;
  struct Impl;
  std::unique_ptr<const Impl> impl_;
};

// Collects lexicons and builds the set. Usage: add_lexicon(), add_entry() for it, ..., std::move(builder).build().
class LexiconSet::Builder {
 public:
  // `vocabulary` receives the words of all entries and must be the one the documents are analyzed with.
  explicit Builder(text::Vocabulary& vocabulary);
  ~Builder();

  LexiconId add_lexicon(std::string name, LexiconMatch match, std::vector<std::string> columns);
  // `tokens` are the normal forms of the entry's tokens (text::tokenize_normal_forms), at most kMaxEntryTokens.
  // `columns[0]` is the form. Of equal forms in one lexicon the first is kept.
  void add_entry(LexiconId lexicon, std::span<const std::string> tokens, std::span<const std::string_view> columns,
                 std::uint32_t line);
  LexiconSet build() &&;

  static constexpr std::size_t kMaxEntryTokens = 24;

 private:
  std::unique_ptr<Impl> impl_;
  text::Vocabulary& vocabulary_;
};

// The entries found in one document. Reused for many documents by one thread.
class LexiconHits {
 public:
  // Finds all entries of all lexicons. O(tokens * longest entry), in practice O(tokens).
  void find(const LexiconSet& lexicons, const text::Document& document);

  // Hits in order of begin, then longest first.
  std::span<const LexiconHit> hits() const;
  // Hits that begin (end) at a token, longest first.
  std::span<const std::uint32_t> starting_at(std::uint32_t token) const;  // indices into hits()
  std::span<const std::uint32_t> ending_at(std::uint32_t token_end) const;
  // True if the token lies inside a hit of the lexicon.
  bool covered(std::uint32_t token, LexiconId lexicon) const;

 private:
  std::vector<LexiconHit> hits_;
};

}  // namespace kutip::matching
