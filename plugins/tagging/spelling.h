#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "tagging/key_table.h"

namespace kutip::tagging {

inline constexpr std::uint32_t kMaxSlips = 2;
inline constexpr std::uint32_t kLongestSpelling = 24;  // code points

// Typing slips between two words: insertions, deletions, substitutions and swaps of neighbours (optimal string
// alignment, the restricted Damerau-Levenshtein distance), in code points. Returns `limit` + 1 for anything above
// `limit` and for words longer than kLongestSpelling. O(length^2).
std::uint32_t spelling_distance(std::string_view a, std::string_view b, std::uint32_t limit);

// Words among which close spellings are looked up, by the hashes of what remains when letters are left out: two words
// are at most n slips apart only if they share such a remainder of at most n deletions (the idea of SymSpell, W.
// Garbe). Thus a look-up does not walk over all words. Reusable.
class SpellingIndex {
 public:
  void clear() { words_.clear(), remainders_.clear(); }
  // Keeps the view. `slips` (at most kMaxSlips) is how far a spelling of the word may be off.
  void add(std::string_view word, std::uint32_t slips, std::uint32_t value);
  // Value of the closest word (of equally close ones the first added) that starts with the same letter and is at least
  // one slip away, or kNone.
  std::uint32_t find_close(std::string_view word) const;
  bool empty() const { return words_.empty(); }

 private:
  struct Word {
    std::string_view text;
    std::uint32_t slips = 0;
    std::uint32_t value = 0;
  };
  std::vector<Word> words_;
  KeyedLists remainders_;  // to indices of words_
};

}  // namespace kutip::tagging
