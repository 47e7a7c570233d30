#pragma once

#include <cstdint>
#include <string_view>

namespace kutip::text {

struct WordEnd {
  std::uint32_t offset = 0;
  bool hyphenated = false;
};

// The end of the word that starts at `begin`: as far as letters, marks and digits go with what joins them. REQUIRES: a
// letter or a digit stands at `begin`.
WordEnd find_word_end(std::string_view text, std::uint32_t begin);

// True if a full stop at `stop`, behind the word that starts at `begin`, belongs to it as to an initial. A lone capital
// keeps its full stop where a word or a comma follows; `at_text_end` tells whether also at the end of the text.
bool is_initial_stop(std::string_view text, std::uint32_t begin, std::uint32_t stop, bool at_text_end);

// The hyphen that separates the first of two different capitalised words of three or more letters in a hyphenated word,
// or word.size(). The scan starts at `from`, a part's first byte.
std::uint32_t find_separating_hyphen(std::string_view word, std::uint32_t from);

}  // namespace kutip::text
