#include "tagging/spelling.h"

#include <algorithm>
#include <array>

#include "text/utf8.h"

namespace kutip::tagging {
namespace {

// At most this many words of one remainder are compared with a word.
constexpr std::uint32_t kMaxCompared = 32;

struct Letters {
  std::array<char32_t, kLongestSpelling> at;
  std::uint32_t count = 0;
  bool fits = true;

  explicit Letters(std::string_view word) {
    for (std::size_t i = 0; i < word.size();) {
      if (count == kLongestSpelling) {
        fits = false;
        return;
      }
      const text::CodePoint point = text::code_point_at(word, i);
      at[count++] = point.value;
      i += point.size;
    }
  }
};

constexpr std::uint32_t kAll = 0xFFFFFFFF;

// Hash of the letters without those at `skip` and `skip2`.
std::uint64_t remainder_key(const Letters& letters, std::uint32_t skip, std::uint32_t skip2) {
  std::uint64_t hash = 0xCBF29CE484222325ull;
  for (std::uint32_t i = 0; i < letters.count; ++i) {
    if (i == skip || i == skip2) continue;
    hash = (hash ^ letters.at[i]) * 0x100000001B3ull;
    hash ^= hash >> 29;
  }
  return hash;
}

// Calls f(key) for each remainder of at most `slips` deletions.
template <typename F>
void for_each_remainder(const Letters& letters, std::uint32_t slips, F f) {
  f(remainder_key(letters, kAll, kAll));
  if (slips == 0) return;
  for (std::uint32_t i = 0; i < letters.count; ++i) {
    f(remainder_key(letters, i, kAll));
    if (slips == 1) continue;
    for (std::uint32_t j = i + 1; j < letters.count; ++j) f(remainder_key(letters, i, j));
  }
}

}  // namespace

std::uint32_t spelling_distance(std::string_view a, std::string_view b, std::uint32_t limit) {
  const Letters x(a), y(b);
  if (!x.fits || !y.fits) return limit + 1;
  std::array<std::array<std::uint32_t, kLongestSpelling + 1>, 3> rows;  // of the matrix, the last three
  for (std::uint32_t j = 0; j <= y.count; ++j) rows[0][j] = j;
  for (std::uint32_t i = 1; i <= x.count; ++i) {
    auto& row = rows[i % 3];
    const auto& above = rows[(i - 1) % 3];
    row[0] = i;
    for (std::uint32_t j = 1; j <= y.count; ++j) {
      const bool same = x.at[i - 1] == y.at[j - 1];
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (same ? 0u : 1u)});
      if (i > 1 && j > 1 && x.at[i - 1] == y.at[j - 2] && x.at[i - 2] == y.at[j - 1])
        row[j] = std::min(row[j], rows[(i - 2) % 3][j - 2] + 1);
    }
  }
  return std::min(rows[x.count % 3][y.count], limit + 1);
}

void SpellingIndex::add(std::string_view word, std::uint32_t slips, std::uint32_t value) {
  const Letters letters(word);
  if (!letters.fits || letters.count == 0) return;
  const auto index = static_cast<std::uint32_t>(words_.size());
  words_.push_back({word, std::min(slips, kMaxSlips), value});
  for_each_remainder(letters, words_.back().slips, [&](std::uint64_t key) { remainders_.add(key, index); });
}

std::uint32_t SpellingIndex::find_close(std::string_view word) const {
  const Letters letters(word);
  if (!letters.fits || letters.count == 0 || words_.empty()) return kNone;
  std::uint32_t best = kNone, best_distance = kMaxSlips + 1;
  for_each_remainder(letters, kMaxSlips, [&](std::uint64_t key) {
    std::uint32_t compared = 0;
    remainders_.for_each(key, [&](std::uint32_t index) {
      const Word& known = words_[index];
      if (known.text.front() == word.front() && known.text != word) {
        const std::uint32_t distance = spelling_distance(known.text, word, known.slips);
        if (distance <= known.slips && (distance < best_distance || (distance == best_distance && index < best))) {
          best = index;
          best_distance = distance;
        }
      }
      return ++compared < kMaxCompared;
    });
  });
  return best == kNone ? kNone : words_[best].value;
}

}  // namespace kutip::tagging
