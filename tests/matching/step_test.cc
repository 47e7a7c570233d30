#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scene.h"
#include "steps.h"

// What each kind of step matches, in both directions: `x` is the anchor, steps before it are matched leftward.
namespace kutip::matching {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct StepTest : testing::Test {
  Scene scene;
  // Words are known before a text is read.
  const Condition known =
      scene.lower({"a", "b", "c", "d", "x", "z", ".", "—", "bank", "desa", "maju", "kata", "aku", "pulang"});
  Step x = anchored(tok(scene.lower({"x"})));

  Step word(const std::string& w) { return tok(scene.lower({w})); }
  // What a text matches; an empty string if it does not.
  std::string in(const std::string& text, const Steps& steps) {
    scene.read(text);
    const std::vector<std::string> found = scene.matched(steps);
    return found.empty() ? "" : found[0];
  }
};

TEST_F(StepTest, TokensOfOneWord) {
  EXPECT_EQ("a x b", in("c a x b c", {word("a"), x, word("b")}));
  EXPECT_EQ("", in("c a x c b", {word("a"), x, word("b")}));
  EXPECT_EQ("", in("x b", {word("a"), x, word("b")}));
  EXPECT_EQ("", in("a x", {word("a"), x, word("b")}));
}

TEST_F(StepTest, AMatchStaysInItsSentence) {
  EXPECT_EQ("", in("A. X b.", {tok(), tok(), x}));
  EXPECT_EQ("X b", in("A b. X b.", {x, word("b")}));
  scene.read("B a. X b.");
  EXPECT_THAT(scene.matched({word("."), x}), IsEmpty());
  EXPECT_EQ(1u, scene.matches_in({word("."), x}, scene.all()).size());
}

TEST_F(StepTest, EveryOccurrenceOfTheAnchorGivesAtMostOneMatch) {
  scene.read("a x b x c x d");
  EXPECT_THAT(scene.matched({optional(word("b")), x, optional(tok())}), ElementsAre("x b", "b x c", "x d"));
}

TEST_F(StepTest, RepeatsTakeAsManyAsPossible) {
  const Step a = word("a");
  EXPECT_EQ("x a a a", in("x a a a b", {x, repeat(a, 1, 5)}));
  EXPECT_EQ("x a a", in("x a a a b", {x, repeat(a, 1, 2)}));
  EXPECT_EQ("", in("x a a b", {x, repeat(a, 3, 5)}));
  EXPECT_EQ("a a x", in("b a a a x", {repeat(a, 1, 2), x}));
  EXPECT_EQ("x", in("x b", {x, repeat(a, 0, 5)}));
  EXPECT_EQ("x a a b", in("x a a b", {x, repeat(a, 0, 5), word("b")}));
}

TEST_F(StepTest, RepeatsGiveBackWhatTheRestNeeds) {
  const Step a = word("a");
  EXPECT_EQ("x a a a b", in("x a a a b", {x, repeat(tok(), 0, 9), a, word("b")}));
  EXPECT_EQ("a a a x", in("a a a x", {a, repeat(a, 0, 9), x}));
}

TEST_F(StepTest, AnAnchorThatRepeatsIsTheFirstOfItsRun) {
  scene.read("a x x x b");
  EXPECT_THAT(scene.matched({repeat(x, 2, 3)}), ElementsAre("x x x", "x x"));
  EXPECT_THAT(scene.matched({word("a"), repeat(x, 1, 2)}), ElementsAre("a x x"));
}

TEST_F(StepTest, AnAnchorInAGroupThatRepeatsIsInItsFirstRound) {
  scene.read("a x b a x b c");
  const Steps steps = {repeat(seq({word("a"), x, word("b")}), 1, 3), optional(word("c"))};
  EXPECT_THAT(scene.matched(steps), ElementsAre("a x b a x b c", "a x b c"));
}

// Sets of lexicons are bits in words; those of a step end with its last lexicon.
TEST_F(StepTest, EntriesOfLexiconsFarBehindTheWantedOnesAreNotTaken) {
  const LexiconId wanted = scene.lexicon({"bank desa"});
  for (int i = 0; i < 200; ++i) scene.lexicon({"bank maju"});
  EXPECT_EQ("", in("x bank maju a", {x, lex({wanted})}));
  EXPECT_EQ("x bank desa", in("x bank desa a", {x, lex({wanted})}));
}

TEST_F(StepTest, GroupsAreTakenWhole) {
  const Step group = optional(seq({word("a"), word("b")}));
  EXPECT_EQ("x a b", in("x a b", {x, group}));
  EXPECT_EQ("x", in("x a c", {x, group}));
  EXPECT_EQ("a b x", in("a b x", {group, x}));
  EXPECT_EQ("x", in("b b x", {group, x}));
}

TEST_F(StepTest, EarlierAlternativesArePreferred) {
  const Step choice = any({{word("a")}, {word("a"), word("b")}});
  EXPECT_EQ("x a", in("x a b c", {x, choice}));
  EXPECT_EQ("x a b c", in("x a b c", {x, choice, word("c")}));
  EXPECT_EQ("a b x", in("a b x", {any({{word("a"), word("b")}, {word("b")}}), x}));
  EXPECT_EQ("b x", in("a b x", {any({{word("b")}, {word("a"), word("b")}}), x}));
}

TEST_F(StepTest, AlternativesOfOneStepEachCanBeTheAnchor) {
  const LexiconId banks = scene.lexicon({"bank desa", "x"});
  const Step anchor = any({{word("kata")}, {lex({banks})}, {anno({2})}});
  scene.read("ia kata x di bank desa itu");
  scene.annotate(2, {3, 6});
  EXPECT_THAT(scene.matched({anchor, tok()}), ElementsAre("kata x", "x di", "di bank desa itu", "bank desa itu"));
}

TEST_F(StepTest, AnchorsAreVerifiedInFull) {
  Condition capital = scene.lower({"kata"});
  capital.shape = text::kCapital;
  scene.read("kata a Kata b");
  EXPECT_THAT(scene.matched({tok(capital), tok()}), ElementsAre("Kata b"));
}

TEST_F(StepTest, GapsTakeAsFewAsPossible) {
  EXPECT_EQ("x a", in("x a b a", {x, gap(5), word("a")}));
  EXPECT_EQ("x c b a", in("x c b a", {x, gap(5), word("a")}));
  EXPECT_EQ("x c b a", in("x c b a", {x, gap(2), word("a")}));
  EXPECT_EQ("", in("x c b a", {x, gap(1), word("a")}));
  EXPECT_EQ("x", in("x c b a", {x, gap(3)}));
  EXPECT_EQ("a b x", in("a a b x", {word("a"), gap(5), x}));
}

TEST_F(StepTest, GapsStopAtWhatTheyMayNotTake) {
  EXPECT_EQ("", in("x c b a", {x, gap(5, scene.lower({"b"})), word("a")}));
  EXPECT_EQ("x c a", in("x c a b", {x, gap(5, scene.lower({"b"})), word("a")}));
  EXPECT_EQ("", in("a b c x", {word("a"), gap(5, scene.lower({"b"})), x}));
}

TEST_F(StepTest, LexiconsTakeTheLongestEntryFirst) {
  const LexiconId id = scene.lexicon({"bank", "bank desa", "desa", "bank desa maju"});
  EXPECT_EQ("x bank desa maju", in("x bank desa maju", {x, lex({id})}));
  EXPECT_EQ("x bank desa maju", in("x bank desa maju", {x, lex({id}), word("maju")}));
  EXPECT_EQ("bank desa x", in("bank desa x", {lex({id}), x}));
  EXPECT_EQ("bank desa x", in("bank desa x", {word("bank"), lex({id}), x}));
  EXPECT_EQ("", in("x maju", {x, lex({id})}));
}

TEST_F(StepTest, LexiconsOfAList) {
  const LexiconId first = scene.lexicon({"bank"}), second = scene.lexicon({"bank desa"});
  EXPECT_EQ("x bank desa", in("x bank desa", {x, lex({first, second})}));
  EXPECT_EQ("x bank", in("x bank desa", {x, lex({first})}));
}

TEST_F(StepTest, EntriesThatReachOutOfTheSentenceAreLeftOut) {
  const LexiconId id = scene.lexicon({"bank", "bank ."});
  scene.read("x bank . Lalu");
  EXPECT_EQ(1u, scene.matches_in({x, lex({id})}, {0, 3}).size());
  EXPECT_EQ((text::TokenRange{0, 2}), scene.matches_in({x, lex({id})}, {0, 2}).at(0).range);
}

TEST_F(StepTest, AnnotationsLongestFirstThenInOrderOfAddition) {
  scene.read("x a b c d");
  scene.annotate(1, {1, 2});
  scene.annotate(1, {1, 4});
  scene.annotate(2, {1, 4});
  scene.annotate(2, {1, 5});
  EXPECT_THAT(scene.matched({x, anno({1})}), ElementsAre("x a b c"));
  EXPECT_THAT(scene.matched({x, anno({1}), word("b")}), ElementsAre("x a b"));
  EXPECT_THAT(scene.matched({x, anno({2, 1})}), ElementsAre("x a b c d"));
  const auto taken = scene.matches({x, as(anno({2, 1}), 0), word("d")});
  ASSERT_EQ(1u, taken.size());
  EXPECT_EQ(1, taken[0].captures[0].annotation);
}

TEST_F(StepTest, AnnotationsBeforeTheAnchor) {
  scene.read("a b c x");
  scene.annotate(1, {2, 3});
  scene.annotate(1, {1, 3});
  scene.annotate(1, {0, 2});
  EXPECT_THAT(scene.matched({anno({1}), x}), ElementsAre("b c x"));
  EXPECT_THAT(scene.matched({word("b"), anno({1}), x}), ElementsAre("b c x"));
}

TEST_F(StepTest, AnnotationsMustMeetWhere) {
  const auto with = [](auto set) {
    AnnoStep step;
    step.types = {1};
    set(step);
    return make_step(step);
  };
  scene.read("x “ Aku pulang ”");
  scene.annotate(1, {1, 5}, {2, 4}, 0b0110);
  const auto matched = [&](const Step& step) { return !scene.matched({x, step}).empty(); };
  EXPECT_TRUE(matched(with([](AnnoStep&) {})));
  EXPECT_TRUE(matched(with([](AnnoStep& s) { s.min_tokens = 2; })));
  EXPECT_FALSE(matched(with([](AnnoStep& s) { s.min_tokens = 3; })));
  EXPECT_TRUE(matched(with([](AnnoStep& s) { s.max_tokens = 2; })));
  EXPECT_FALSE(matched(with([](AnnoStep& s) { s.max_tokens = 1; })));
  EXPECT_TRUE(matched(with([](AnnoStep& s) { s.forms = 0b0100; })));
  EXPECT_FALSE(matched(with([](AnnoStep& s) { s.forms = 0b1001; })));
  EXPECT_TRUE(matched(with([&](AnnoStep& s) { s.first = scene.lower({"aku"}); })));
  EXPECT_FALSE(matched(with([&](AnnoStep& s) { s.first = scene.lower({"pulang"}); })));
  EXPECT_TRUE(matched(with([&](AnnoStep& s) { s.last = scene.lower({"pulang"}); })));
  EXPECT_FALSE(matched(with([&](AnnoStep& s) { s.last = scene.lower({"aku"}); })));
}

TEST_F(StepTest, AnnotationsWithNothingBetweenTheirMarksHaveNoFirstToken) {
  scene.read("x “ ”");
  scene.annotate(1, {1, 3}, {2, 2}, 0);
  AnnoStep step;
  step.types = {1};
  step.min_tokens = 0;
  EXPECT_EQ(1u, scene.matched({x, make_step(step)}).size());
  step.first = Condition{};
  EXPECT_THAT(scene.matched({x, make_step(step)}), IsEmpty());
}

TEST_F(StepTest, RestReachesTheEndWithoutItsMarks) {
  const Step to_end = rest(Border::kSentenceEnd);
  EXPECT_EQ("X a b c", in("X a b c.", {x, to_end}));
  EXPECT_EQ("X a “ b ”", in("X a “b”.", {x, to_end}));
  EXPECT_EQ("X a", in("X a", {x, to_end}));
  EXPECT_EQ("", in("X.", {x, to_end}));
  EXPECT_EQ("X a", in("X a. B c.", {x, to_end}));
}

TEST_F(StepTest, RestReachesTheStartWithoutItsMarks) {
  const Step to_start = rest(Border::kSentenceStart);
  EXPECT_EQ("A b x", in("A b x c.", {to_start, x}));
  EXPECT_EQ("A b x", in("— A b x c.", {to_start, x}));
  EXPECT_EQ("", in("X c.", {to_start, x}));
}

TEST_F(StepTest, RestTakesNoTokenItMayNotTake) {
  EXPECT_EQ("", in("X a b c.", {x, rest(Border::kSentenceEnd, scene.lower({"b"}))}));
  EXPECT_EQ("X a c", in("B X a c.", {x, rest(Border::kSentenceEnd, scene.lower({"b"}))}));
  EXPECT_EQ("", in("A b c x.", {rest(Border::kSentenceStart, scene.lower({"b"})), x}));
  EXPECT_EQ("A c x", in("A c x b.", {rest(Border::kSentenceStart, scene.lower({"b"})), x}));
}

TEST_F(StepTest, RestObeysItsBounds) {
  RestStep step;
  step.to = Border::kSentenceEnd;
  step.min_tokens = 2;
  step.max_tokens = 3;
  EXPECT_EQ("", in("X a.", {x, make_step(step)}));
  EXPECT_EQ("X a b", in("X a b.", {x, make_step(step)}));
  EXPECT_EQ("X a b c", in("X a b c.", {x, make_step(step)}));
  EXPECT_EQ("", in("X a b c d.", {x, make_step(step)}));
  step.min_tokens = 0;
  EXPECT_EQ("X", in("X.", {x, make_step(step)}));
}

TEST_F(StepTest, RestMetAtItsBorderTakesAsManyAsPossible) {
  const Step stop = anchored(word("."));
  const Step a = word("a");
  EXPECT_EQ("a b a c .", in("X a b a c.", {a, rest(Border::kSentenceEnd), stop}));
  EXPECT_EQ("a c .", in("X a b a c.", {a, rest(Border::kSentenceEnd, scene.lower({"b"})), stop}));
  const Step dash = anchored(word("—"));
  EXPECT_EQ("— B a c a", in("— B a c a d.", {dash, rest(Border::kSentenceStart), a}));
  EXPECT_EQ("— B a", in("— B a c a d.", {dash, rest(Border::kSentenceStart, scene.lower({"c"})), a}));
}

TEST_F(StepTest, RestStaysInTheUnit) {
  scene.read("A b x c d.");
  const Step to_end = rest(Border::kSentenceEnd), to_start = rest(Border::kSentenceStart);
  EXPECT_EQ(1u, scene.matches_in({to_start, x, to_end}, {0, 5}).size());
  EXPECT_EQ(0u, scene.matches_in({to_start, x, to_end}, {1, 5}).size());
  EXPECT_EQ(0u, scene.matches_in({to_start, x, to_end}, {0, 4}).size());
}

TEST_F(StepTest, SentenceBorders) {
  const Step start = at(Border::kSentenceStart), end = at(Border::kSentenceEnd);
  EXPECT_EQ("X", in("A b. X c.", {start, x}));
  EXPECT_EQ("X", in("“X” c.", {start, x}));
  EXPECT_EQ("X", in("— X c.", {start, x}));
  EXPECT_EQ("X", in("(X) c.", {start, x}));
  EXPECT_EQ("", in("A x.", {start, x}));
  EXPECT_EQ("x", in("A x", {x, end}));
  EXPECT_EQ("x", in("A x.", {x, end}));
  EXPECT_EQ("x", in("A “b x.”", {x, end}));
  EXPECT_EQ("x", in("A (x)?", {x, end}));
  EXPECT_EQ("", in("A x b.", {x, end}));
  EXPECT_EQ("", in("A x,", {x, end}));
}

TEST_F(StepTest, ParagraphBorders) {
  const Step start = at(Border::kParagraphStart), end = at(Border::kParagraphEnd);
  EXPECT_EQ("X", in("X a. B c.", {start, x}));
  EXPECT_EQ("", in("A b. X c.", {start, x}));
  EXPECT_EQ("X", in("A b.\n\n“X” c.", {start, x}));
  EXPECT_EQ("", in("A x. B c.", {x, end}));
  EXPECT_EQ("x", in("A b. C x.\n\nD.", {x, end}));
}

TEST_F(StepTest, LookAroundTakesNothing) {
  EXPECT_EQ("x", in("x a", {x, ahead({word("a")})}));
  EXPECT_EQ("", in("x b", {x, ahead({word("a")})}));
  EXPECT_EQ("x b", in("x b", {x, ahead({word("a")}, false), tok()}));
  EXPECT_EQ("", in("x a", {x, ahead({word("a")}, false)}));
  EXPECT_EQ("x", in("a x", {behind({word("a")}), x}));
  EXPECT_EQ("", in("b x", {behind({word("a")}), x}));
  EXPECT_EQ("", in("a x", {behind({word("a")}, false), x}));
  EXPECT_EQ("x", in("b x", {behind({word("a")}, false), x}));
}

TEST_F(StepTest, LookAroundGoesItsOwnWayOnEitherSideOfTheAnchor) {
  EXPECT_EQ("a x", in("a x b", {ahead({word("a"), word("x"), word("b")}), word("a"), x}));
  EXPECT_EQ("x b", in("a x b", {x, word("b"), behind({word("a"), word("x"), word("b")})}));
  EXPECT_EQ("x", in("x a b c", {x, ahead({gap(3), word("c")})}));
  EXPECT_EQ("", in("x a b c", {x, ahead({gap(1), word("c")})}));
}

TEST_F(StepTest, LookAroundSeesTheUnitOnly) {
  EXPECT_EQ("x", in("Hujan x. Angin b.", {x, ahead({word("."), tok()}, false)}));
  EXPECT_EQ("", in("Hujan x. Angin b.", {x, ahead({word("."), tok()})}));
}

TEST_F(StepTest, LookAroundInsideLookAround) {
  const Steps steps = {x, ahead({tok(), ahead({word("b")}, false)})};
  EXPECT_EQ("x", in("x a c", steps));
  EXPECT_EQ("", in("x a b", steps));
}

TEST_F(StepTest, AStepWithoutAlternativesNeverMatches) {
  EXPECT_EQ("", in("x a", {x, any({})}));
  EXPECT_EQ("x", in("x a", {x, optional(any({}))}));
}

}  // namespace
}  // namespace kutip::matching
