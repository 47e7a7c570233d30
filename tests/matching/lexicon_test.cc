#include "matching/lexicon.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

#include "scene.h"

namespace kutip::matching {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// "words/entry" for each hit.
std::vector<std::string> described(const Scene& scene, const std::vector<LexiconHit>& hits) {
  std::vector<std::string> texts;
  for (const LexiconHit& hit : hits) {
    texts.push_back(scene.words(hit.range) + "/" + std::string(scene.lexicons().value(hit.entry, 0)));
  }
  return texts;
}

std::vector<std::string> all_hits(const Scene& scene) {
  return described(scene, {scene.hits().hits().begin(), scene.hits().hits().end()});
}

std::vector<std::string> hits_at(const Scene& scene, std::span<const std::uint32_t> indices) {
  std::vector<LexiconHit> hits;
  for (const std::uint32_t i : indices) hits.push_back(scene.hits().hits()[i]);
  return described(scene, hits);
}

TEST(LexiconSet, KeepsColumnsLinesAndNames) {
  text::Vocabulary vocabulary;
  LexiconSet::Builder builder(vocabulary);
  const std::vector<std::string> one = {"bank"}, two = {"bank", "desa"};
  const std::vector<std::string_view> full = {"Bank", "Bank Sentral", "BANK"}, shorter = {"Bank Desa"};
  const LexiconId words = builder.add_lexicon("words", LexiconMatch::kFolded, {"form"});
  const LexiconId banks = builder.add_lexicon("banks", LexiconMatch::kFolded, {"form", "name", "category"});
  builder.add_entry(banks, one, full, 7);
  builder.add_entry(banks, two, shorter, 9);
  const LexiconSet set = std::move(builder).build();

  EXPECT_EQ(2u, set.lexicon_count());
  EXPECT_EQ(2u, set.entry_count());
  EXPECT_EQ("words", set.name(words));
  EXPECT_EQ(2, set.column(banks, "category"));
  EXPECT_EQ(-1, set.column(banks, "wikidata"));
  EXPECT_EQ(banks, set.lexicon_of(0));
  EXPECT_EQ("Bank Sentral", set.value(0, 1));
  EXPECT_EQ("BANK", set.value(0, 2));
  EXPECT_EQ("Bank Desa", set.value(1, 0));
  EXPECT_EQ("", set.value(1, 2));
  EXPECT_EQ("", set.value(1, 3));
  EXPECT_EQ("", set.value(1, -1));
  EXPECT_EQ(7u, set.line(0));
  EXPECT_EQ(9u, set.line(1));
}

TEST(LexiconSet, IsEmptyBeforeAnythingIsBuilt) {
  Scene scene;
  scene.read("Hujan turun.");
  EXPECT_EQ(0u, LexiconSet().lexicon_count());
  EXPECT_THAT(all_hits(scene), IsEmpty());
}

TEST(LexiconHits, ComeByBeginThenLongestFirst) {
  Scene scene;
  scene.lexicon({"bank", "bank indonesia", "indonesia", "bank indonesia raya"});
  scene.read("Gedung Bank Indonesia Raya di depan bank.");
  EXPECT_THAT(all_hits(scene), ElementsAre("Bank Indonesia Raya/bank indonesia raya", "Bank Indonesia/bank indonesia",
                                           "Bank/bank", "Indonesia/indonesia", "bank/bank"));
}

TEST(LexiconHits, AreFoundByBeginAndByEnd) {
  Scene scene;
  scene.lexicon({"bank", "bank indonesia", "indonesia"});
  scene.read("di Bank Indonesia lagi");
  EXPECT_THAT(hits_at(scene, scene.hits().starting_at(0)), IsEmpty());
  EXPECT_THAT(hits_at(scene, scene.hits().starting_at(1)), ElementsAre("Bank Indonesia/bank indonesia", "Bank/bank"));
  EXPECT_THAT(hits_at(scene, scene.hits().starting_at(4)), IsEmpty());
  EXPECT_THAT(hits_at(scene, scene.hits().ending_at(0)), IsEmpty());
  EXPECT_THAT(hits_at(scene, scene.hits().ending_at(2)), ElementsAre("Bank/bank"));
  EXPECT_THAT(hits_at(scene, scene.hits().ending_at(3)),
              ElementsAre("Bank Indonesia/bank indonesia", "Indonesia/indonesia"));
  EXPECT_THAT(hits_at(scene, scene.hits().ending_at(4)), IsEmpty());
}

TEST(LexiconHits, OfEqualFormsInSeveralLexiconsComeInOrderOfAddition) {
  Scene scene;
  const LexiconId first = scene.lexicon({"harian"});
  const LexiconId second = scene.lexicon({"harian"});
  scene.read("harian");
  ASSERT_EQ(2u, scene.hits().hits().size());
  EXPECT_EQ(first, scene.hits().hits()[0].lexicon);
  EXPECT_EQ(second, scene.hits().hits()[1].lexicon);
}

TEST(LexiconHits, KeepTheFirstOfEqualFormsInOneLexicon) {
  Scene scene;
  scene.lexicon({"Harian\tpertama", "harian\tkedua"});
  scene.read("HARIAN");
  ASSERT_EQ(1u, scene.hits().hits().size());
  EXPECT_EQ("pertama", scene.lexicons().value(scene.hits().hits()[0].entry, 1));
}

struct MatchCase {
  LexiconMatch match;
  const char* entry;
  const char* text;
  bool found;
};

TEST(LexiconHits, ObeyTheKindOfMatch) {
  const MatchCase cases[] = {
      {LexiconMatch::kFolded, "Kompas", "kompas", true},
      {LexiconMatch::kFolded, "kompas", "KOMPAS", true},
      {LexiconMatch::kExact, "Tempo", "Tempo", true},
      {LexiconMatch::kExact, "Tempo", "tempo", false},
      {LexiconMatch::kExact, "Tempo", "TEMPO", false},
      {LexiconMatch::kExact, "iNews TV", "iNews TV", true},
      {LexiconMatch::kExact, "iNews TV", "iNews   TV", true},
      {LexiconMatch::kExact, "iNews\u00A0TV", "iNews TV", true},
      {LexiconMatch::kExact, "iNews TV", "iNews\u00A0TV", true},
      {LexiconMatch::kExact, "iNews TV", "iNews Tv", false},
      {LexiconMatch::kCapital, "tempo", "Tempo", true},
      {LexiconMatch::kCapital, "tempo", "TEMPO", true},
      {LexiconMatch::kCapital, "tempo", "tempo", false},
      {LexiconMatch::kCapital, "media grup", "Media grup", true},
      {LexiconMatch::kCapital, "media grup", "media Grup", false},
  };
  for (const MatchCase& c : cases) {
    Scene scene;
    scene.lexicon({c.entry}, c.match);
    scene.read(c.text);
    EXPECT_EQ(c.found ? 1u : 0u, scene.hits().hits().size()) << c.entry << " in " << c.text;
  }
}

TEST(LexiconHits, ExactLexiconsTellSpellingsApart) {
  Scene scene;
  scene.lexicon({"PAS\tpartai", "Pas\tfoto"}, LexiconMatch::kExact);
  scene.read("pas Pas PAS");
  EXPECT_THAT(all_hits(scene), ElementsAre("Pas/Pas", "PAS/PAS"));
}

TEST(LexiconHits, DoNotReachOverTheEndOfAParagraph) {
  Scene scene;
  scene.lexicon({"bank indonesia"});
  scene.read("Daftar bank\n\nIndonesia tumbuh.");
  EXPECT_THAT(all_hits(scene), IsEmpty());
}

TEST(LexiconHits, EntriesOfGreatestLengthAreFoundAndLongerOnesLeftOut) {
  std::string longest, too_long;
  for (std::size_t i = 0; i < LexiconSet::Builder::kMaxEntryTokens; ++i) longest += "kata ";
  too_long = longest + "kata";
  Scene scene;
  scene.lexicon({longest, too_long});
  scene.read(too_long);
  EXPECT_EQ(1u, scene.lexicons().entry_count());
  EXPECT_EQ(2u, scene.hits().hits().size());
}

TEST(LexiconHits, WordsAddedAfterTheSetWasBuiltStartNoEntry) {
  Scene scene;
  scene.lexicon({"hujan"});
  scene.read("hujan");
  scene.lower({"badai", "kilat"});
  scene.read("badai hujan kilat");
  EXPECT_THAT(all_hits(scene), ElementsAre("hujan/hujan"));
}

TEST(LexiconHits, CoverTheTokensOfTheirEntriesOnly) {
  Scene scene;
  const LexiconId banks = scene.lexicon({"bank indonesia", "bank"});
  const LexiconId places = scene.lexicon({"indonesia", "indonesia raya timur"});
  scene.read("satu bank indonesia raya timur dua bank");
  const auto covered = [&](LexiconId lexicon) {
    std::string flags;
    for (std::uint32_t i = 0; i < scene.all().end; ++i) flags += scene.hits().covered(i, lexicon) ? '1' : '0';
    return flags;
  };
  EXPECT_EQ("0110001", covered(banks));
  EXPECT_EQ("0011100", covered(places));
}

TEST(LexiconHits, AreReusedFromTextToText) {
  Scene scene;
  const LexiconId id = scene.lexicon({"a b c", "c"});
  scene.read("a b c a b c");
  scene.read("x b c");
  EXPECT_THAT(all_hits(scene), ElementsAre("c/c"));
  EXPECT_FALSE(scene.hits().covered(1, id));
  EXPECT_TRUE(scene.hits().covered(2, id));
  scene.read("");
  EXPECT_THAT(all_hits(scene), IsEmpty());
  EXPECT_THAT(hits_at(scene, scene.hits().starting_at(0)), IsEmpty());
  EXPECT_THAT(hits_at(scene, scene.hits().ending_at(0)), IsEmpty());
}

// Thousands of entries over few words, against comparing every entry at every token.
TEST(LexiconHits, AgreeWithComparingEveryEntryEverywhere) {
  std::mt19937_64 random(7);
  const auto sequence = [&](std::size_t words) {
    std::vector<std::string> made;
    for (std::size_t i = 0; i < words; ++i) made.push_back(std::string(1, static_cast<char>('a' + random() % 6)));
    return made;
  };
  const auto joined = [](const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
    return text;
  };
  std::set<std::vector<std::string>> entries;
  std::vector<std::string> forms;
  for (int i = 0; i < 3'000; ++i) entries.insert(sequence(1 + random() % 6));
  for (const auto& entry : entries) forms.push_back(joined(entry));
  Scene scene;
  scene.lexicon(forms);
  const std::vector<std::string> tokens = sequence(300);
  scene.read(joined(tokens));

  std::set<std::pair<std::uint32_t, std::uint32_t>> expected, actual;
  for (std::size_t begin = 0; begin < tokens.size(); ++begin) {
    for (std::size_t end = begin + 1; end <= std::min(tokens.size(), begin + 6); ++end) {
      const std::vector<std::string> part(tokens.begin() + static_cast<std::ptrdiff_t>(begin),
                                          tokens.begin() + static_cast<std::ptrdiff_t>(end));
      if (entries.count(part) != 0) expected.emplace(begin, end);
    }
  }
  for (const LexiconHit& hit : scene.hits().hits()) actual.emplace(hit.range.begin, hit.range.end);
  EXPECT_GT(expected.size(), 300u);
  EXPECT_EQ(expected, actual);
  EXPECT_EQ(expected.size(), scene.hits().hits().size());
}

}  // namespace
}  // namespace kutip::matching
