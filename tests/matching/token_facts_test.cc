#include "matching/token_facts.h"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

#include "matching/lexicon.h"
#include "text/document.h"

namespace kutip::matching {
namespace {

// One lexicon and a text. `cover_only`: nobody asks for the lexicon's entries.
struct Covered {
  text::Vocabulary vocabulary;
  text::TextRules rules;
  LexiconSet lexicons;
  TokenClasses classes;
  text::Document document;
  LexiconHits hits;
  TokenFacts facts;

  Covered(LexiconMatch match, bool cover_only, const std::vector<std::string>& entries, std::string_view text) {
    LexiconSet::Builder builder(vocabulary);
    const LexiconId id = builder.add_lexicon("lexicon", match, {"form"}, cover_only);
    for (const std::string& entry : entries) {
      const std::array<std::string_view, 1> columns = {entry};
      builder.add_entry(id, text::tokenize_normal_forms(entry, rules), columns, 1);
    }
    lexicons = std::move(builder).build();
    in = classes.of_lexicons({id});
    classes.index(vocabulary, lexicons);
    document.analyze(text, rules, vocabulary);
    hits.find(lexicons, document);
    text::Cancellation never;
    facts.find(classes, document, hits, never);
  }

  std::string flags() const {
    std::string all;
    for (std::uint32_t i = 0; i < document.tokens().size(); ++i)
      all += (facts.of(i)[in.column] & in.bit) != 0 ? '1' : '0';
    return all;
  }
  TokenClass in;
};

const std::vector<std::string> kEntries = {"bank", "Bank Desa", "élan", "DESA", "maju jaya"};
constexpr char kText[] = "Bank bank desa Desa DESA Élan élan maju jaya maju bank desa";

TEST(TokenFacts, CoverIsTheSameWithAndWithoutHits) {
  for (const LexiconMatch match : {LexiconMatch::kFolded, LexiconMatch::kCapital, LexiconMatch::kExact}) {
    const Covered hits(match, false, kEntries, kText), words(match, true, kEntries, kText);
    EXPECT_EQ(hits.flags(), words.flags()) << static_cast<int>(match);
    EXPECT_NE(std::string::npos, words.flags().find('1')) << static_cast<int>(match);
    EXPECT_NE(std::string::npos, words.flags().find('0')) << static_cast<int>(match);
  }
}

TEST(TokenFacts, EntriesOfOneWordThatNobodyAsksForMakeNoHits) {
  const Covered words(LexiconMatch::kFolded, true, kEntries, kText);
  for (const LexiconHit& hit : words.hits.hits()) EXPECT_LT(1u, hit.range.size());
  EXPECT_EQ(3u, words.lexicons.cover_words().size());
  EXPECT_EQ(kEntries.size(), words.lexicons.entry_count());
  EXPECT_EQ("DESA", words.lexicons.value(3, 0));
}

TEST(TokenFacts, EqualListsAreOneClass) {
  TokenClasses classes;
  const TokenClass first = *classes.of_words({3, 1});
  EXPECT_EQ(first.bit, classes.of_words({1, 3, 3})->bit);
  EXPECT_NE(first.bit, classes.of_words({1})->bit);
  EXPECT_NE(classes.of_prefixes({"a"}).bit, classes.of_suffixes({"a"}).bit);
  EXPECT_EQ(4u, classes.version());
}

TEST(TokenFacts, ThereIsRoomForManyClasses) {
  text::Vocabulary vocabulary;
  TokenClasses classes;
  std::vector<TokenClass> all;
  std::vector<std::string> words;
  for (int i = 0; i < static_cast<int>(TokenClasses::kMaxListed); ++i) {
    words.push_back("w" + std::string(1, static_cast<char>('a' + i % 26)) + std::to_string(i));
    all.push_back(*classes.of_words({vocabulary.add(words.back())}));
  }
  EXPECT_FALSE(classes.of_words({vocabulary.add("more")}).has_value());
  EXPECT_FALSE(classes.of_texts({"more"}).has_value());
  EXPECT_TRUE(classes.of_words({vocabulary.find(words.back())}).has_value());
  classes.index(vocabulary, LexiconSet());
  std::string text;
  for (const std::string& word : words) text += word + " ";
  text::Document document;
  document.analyze(text, {}, vocabulary);
  TokenFacts facts;
  text::Cancellation never;
  facts.find(classes, document, LexiconHits(), never);
  ASSERT_EQ(all.size(), document.tokens().size());
  for (std::uint32_t i = 0; i < all.size(); ++i)
    for (std::uint32_t c = 0; c < all.size(); c += 97)
      EXPECT_EQ(c == i, (facts.of(i)[all[c].column] & all[c].bit) != 0) << i << " " << c;
}

TEST(TokenFacts, ASentenceHasWhatSomeTokenHas) {
  text::Vocabulary vocabulary;
  TokenClasses classes;
  const TokenClass in = *classes.of_words({vocabulary.add("rumah")});
  classes.index(vocabulary, LexiconSet());
  text::Document document;
  document.analyze("Ini rumah baru.\n\nItu kebun.", {}, vocabulary);
  TokenFacts facts;
  text::Cancellation never;
  facts.find(classes, document, LexiconHits(), never);
  ASSERT_EQ(2u, document.sentences().size());
  EXPECT_NE(0u, facts.in_sentence(0)[in.column] & in.bit);
  EXPECT_EQ(0u, facts.in_sentence(1)[in.column] & in.bit);
}

}  // namespace
}  // namespace kutip::matching
