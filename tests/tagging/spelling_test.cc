#include "tagging/spelling.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace kutip::tagging {
namespace {

TEST(SpellingDistance, CountsSlips) {
  struct Case {
    std::string_view a, b;
    std::uint32_t limit, distance;
  };
  const Case cases[] = {
      {"KOPRA", "KOPRA", 2, 0}, {"KOPRA", "KORPA", 2, 1}, {"KOPRA", "KOPRAS", 2, 1}, {"KOPRA", "KOPA", 2, 1},
      {"KOPRA", "KOBRA", 2, 1}, {"KOPRA", "OKPAR", 2, 2}, {"KOPRA", "BETON", 2, 3},  {"", "AB", 2, 2},
      {"ÖBB", "OBB", 2, 1},     {"KOPRA", "BETON", 9, 5},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(spelling_distance(c.a, c.b, c.limit), c.distance) << c.a << ' ' << c.b;
    EXPECT_EQ(spelling_distance(c.b, c.a, c.limit), c.distance) << c.b << ' ' << c.a;
  }
  const std::string huge(1000, 'A');
  EXPECT_EQ(spelling_distance(huge, huge, 2), 3u) << "too long to be compared";
}

TEST(SpellingIndex, FindsTheClosestWordWithTheSameFirstLetter) {
  SpellingIndex index;
  index.add("KOPRA", 1, 10);
  index.add("BETON", 2, 20);
  EXPECT_EQ(index.find_close("KORPA"), 10u);
  EXPECT_EQ(index.find_close("BETNO"), 20u);
  EXPECT_EQ(index.find_close("BTNO"), 20u);
  EXPECT_EQ(index.find_close("KORAP"), kNone) << "two slips, one allowed";
  EXPECT_EQ(index.find_close("TOPRA"), kNone) << "another first letter";
  EXPECT_EQ(index.find_close("KOPRA"), kNone) << "no slip at all";
  index.clear();
  EXPECT_EQ(index.find_close("KORPA"), kNone);
}

// The remainders must find every word that a comparison with all words finds.
TEST(SpellingIndex, AgreesWithComparingAllWords) {
  std::mt19937 random(7);
  const auto word = [&random] {
    std::string made(4 + random() % 3, ' ');
    for (char& c : made) c = static_cast<char>('A' + random() % 4);
    return made;
  };
  std::vector<std::string> words;
  SpellingIndex index;
  for (std::uint32_t i = 0; i < 12; ++i) words.push_back(word());
  for (std::uint32_t i = 0; i < words.size(); ++i) index.add(words[i], 2, i);
  for (int round = 0; round < 2000; ++round) {
    const std::string probe = word();
    std::uint32_t best = 3;
    for (const std::string& known : words)
      if (known != probe && known.front() == probe.front()) best = std::min(best, spelling_distance(known, probe, 2));
    const std::uint32_t found = index.find_close(probe);
    if (best == 3)
      EXPECT_EQ(found, kNone) << probe;
    else
      EXPECT_EQ(spelling_distance(words.at(found), probe, 2), best) << probe;
  }
}

}  // namespace
}  // namespace kutip::tagging
