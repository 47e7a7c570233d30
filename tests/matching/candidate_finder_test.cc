#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>

#include "matching/matcher.h"
#include "scene.h"
#include "steps.h"

namespace kutip::matching {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct FinderTest : testing::Test {
  Scene scene;
  std::deque<Program> programs;
  std::vector<RuleId> ids;
  std::vector<std::uint32_t> phases;

  Step word(const std::string& w) { return tok(scene.lower({w})); }
  void rule(RuleId id, const Step& anchor, std::uint32_t phase = 0) {
    phases.push_back(phase);
    programs.push_back(scene.compiled(pattern_of({anchored(anchor), gap(2)})));
    ids.push_back(id);
  }
  // "rule:words" for each candidate.
  std::vector<std::string> found(std::uint32_t phase = 0) {
    std::vector<CandidateFinder::Rule> rules;
    for (std::size_t i = 0; i < programs.size(); ++i) rules.push_back({ids[i], phases[i], &programs[i]});
    const CandidateFinder finder(rules, scene.vocabulary().size(), scene.lexicons().lexicon_count());
    finder.read_text(scene.input(), memory);
    finder.find(phase, scene.input(), memory, candidates);
    std::vector<std::string> texts;
    for (const Candidate& c : candidates) texts.push_back(std::to_string(c.rule) + ":" + scene.words(c.range));
    return texts;
  }
  CandidateFinder::Memory memory;
  std::vector<Candidate> candidates;
};

TEST_F(FinderTest, FindsWordsByRuleThenByPlace) {
  rule(7, word("ujar"));
  rule(3, tok(scene.lower({"kata", "ujar"})));
  scene.read("ujar dia kata dia ujar");
  EXPECT_THAT(found(), ElementsAre("3:ujar", "3:kata", "3:ujar", "7:ujar", "7:ujar"));
  EXPECT_EQ((text::TokenRange{4, 5}), candidates.back().range);
  EXPECT_EQ(-1, candidates.back().annotation);
  EXPECT_EQ(kNoEntry, candidates.back().entry);
}

TEST_F(FinderTest, FindsEntriesWithTheirIds) {
  const LexiconId banks = scene.lexicon({"bank", "bank desa"});
  scene.lexicon({"desa"});
  rule(1, lex({banks}));
  scene.read("satu bank desa");
  EXPECT_THAT(found(), ElementsAre("1:bank", "1:bank desa"));
  EXPECT_EQ(0u, candidates[0].entry);
  EXPECT_EQ(1u, candidates[1].entry);
}

TEST_F(FinderTest, ReportsAnOccurrenceOnceThoughItHasSeveralEntries) {
  const LexiconId first = scene.lexicon({"bank"}), second = scene.lexicon({"bank"});
  rule(1, lex({second, first}));
  rule(2, any({{word("bank")}, {lex({second})}}));
  scene.read("bank");
  EXPECT_THAT(found(), ElementsAre("1:bank", "2:bank"));
  EXPECT_EQ(0u, candidates[0].entry);
}

TEST_F(FinderTest, FindsEachTokenInsideEntriesOnce) {
  Condition covered;
  covered.lex = {scene.lexicon({"bank desa", "desa maju", "bank"})};
  rule(1, tok(covered));
  scene.read("di bank desa maju itu");
  EXPECT_THAT(found(), ElementsAre("1:bank", "1:desa", "1:maju"));
}

TEST_F(FinderTest, FindsAnnotationsWithTheirIndices) {
  rule(1, anno({2, 4}));
  scene.read("a b c d");
  scene.annotate(4, {2, 4});
  scene.annotate(3, {0, 1});
  scene.annotate(2, {0, 2});
  scene.annotate(2, {0, 2});
  EXPECT_THAT(found(), ElementsAre("1:a b", "1:a b", "1:c d"));
  EXPECT_EQ(2, candidates[0].annotation);
  EXPECT_EQ(3, candidates[1].annotation);
  EXPECT_EQ(0, candidates[2].annotation);
}

TEST_F(FinderTest, FindsShapes) {
  rule(1, shape(text::kNumber | text::kUpper));
  rule(2, shape(text::kNumber | text::kUpper));
  rule(3, tok());
  scene.read("PBB , 17");
  EXPECT_THAT(found(), ElementsAre("1:PBB", "1:17", "2:PBB", "2:17", "3:PBB", "3:,", "3:17"));
}

TEST_F(FinderTest, LeavesOutAnchorsWhoseConditionsDoNotHold) {
  Condition capital = scene.lower({"kata"});
  capital.shape = text::kCapital;
  rule(1, tok(capital));
  Step short_name = anno({2});
  std::get<AnnoStep>(short_name.kind).max_tokens = 1;
  rule(2, short_name);
  scene.read("kata Kata itu");
  scene.annotate(2, {0, 2});
  scene.annotate(2, {2, 3});
  EXPECT_THAT(found(), ElementsAre("1:Kata", "2:itu"));
}

// The rules of the other tests may match beyond the sentence.
TEST_F(FinderTest, LeavesOutSentencesThatLackWhatTheRuleNeeds) {
  const LexiconId banks = scene.lexicon({"bank"});
  const Step end = any({{lex({banks})}, {word("desa"), gap(1)}, {anno({3})}});
  const Program program = scene.compiled(pattern_of({anchored(word("a")), gap(2), end, optional(word("z"))}));
  scene.read("a b bank\n\na b\n\na b desa\n\nbank\n\na b c\n\na");
  scene.annotate(3, {11, 12});
  const CandidateFinder::Rule rules[] = {{1, 0, &program, true}};
  const CandidateFinder finder(rules, scene.vocabulary().size(), scene.lexicons().lexicon_count());
  finder.read_text(scene.input(), memory);
  finder.find(0, scene.input(), memory, candidates);
  std::vector<std::uint32_t> places;
  for (const Candidate& c : candidates) places.push_back(c.range.begin);
  EXPECT_THAT(places, ElementsAre(0, 5, 9));
}

TEST_F(FinderTest, FindsThoseOfOnePhaseAtATime) {
  const LexiconId banks = scene.lexicon({"bank"});
  rule(1, word("a"), 0);
  rule(2, word("a"), 2);
  rule(3, lex({banks}), 2);
  rule(4, anno({2}), 2);
  scene.read("a bank");
  scene.annotate(2, {0, 2});
  EXPECT_THAT(found(0), ElementsAre("1:a"));
  EXPECT_THAT(found(1), IsEmpty());
  EXPECT_THAT(found(2), ElementsAre("2:a", "3:bank", "4:a bank"));
  EXPECT_THAT(found(3), IsEmpty());
}

TEST_F(FinderTest, SaysWhichAlternativeTakesTheAnchor) {
  rule(1, any({{word("a")}, {word("b")}}));
  scene.read("b a");
  EXPECT_THAT(found(), ElementsAre("1:b", "1:a"));
  EXPECT_EQ(1u, candidates[0].option);
  EXPECT_EQ(0u, candidates[1].option);
}

TEST_F(FinderTest, WordsTheFinderDoesNotKnowAreNoTriggers) {
  rule(1, word("a"));
  const CandidateFinder::Rule rules[] = {{0, 0, &programs[0]}};
  const CandidateFinder finder(rules, scene.vocabulary().size(), 0);
  scene.lower({"b"});
  scene.read("b c");
  finder.read_text(scene.input(), memory);
  finder.find(0, scene.input(), memory, candidates);
  EXPECT_THAT(candidates, IsEmpty());
}

TEST_F(FinderTest, ManyRulesOnOneTriggerAreAllFound) {
  for (RuleId i = 0; i < 10'000; ++i) rule(i, word("kata"));
  scene.read("satu kata");
  EXPECT_EQ(10'000u, found().size());
}

}  // namespace
}  // namespace kutip::matching
