#include "matching/anchor_choice.h"

#include <gtest/gtest.h>

#include "scene.h"
#include "steps.h"

namespace kutip::matching {
namespace {

using Kind = PatternError::Kind;

Step line(std::uint32_t number, Step step) {
  return on_line(std::move(step), number);
}

// The line of the anchor step.
std::uint32_t chosen(const Steps& steps, const text::Vocabulary& vocabulary) {
  const auto choice = choose_anchor(steps, vocabulary);
  return std::holds_alternative<AnchorPath>(choice) ? std::get<AnchorPath>(choice).anchor().mark.line : 0;
}

struct Patterns {
  Scene scene;
  Condition word = scene.lower({"kata"});
  Condition spelt, unknown_spelling, covered, suffixed, capital;

  Patterns() {
    spelt.text = {"Kata"};
    unknown_spelling.text = {"Ujar"};
    covered.lex = {0};
    suffixed.suffix = {"nya"};
    capital.shape = text::kCapital;
  }
};

TEST(ChooseAnchor, TakesTheMostSpecificKindThenTheFirst) {
  Patterns p;
  const struct {
    const char* name;
    Steps steps;
    std::uint32_t line;
  } cases[] = {
      {"lower before all", {line(1, tok(p.capital)), line(2, anno({0})), line(3, lex({0})), line(4, tok(p.word))}, 4},
      {"text as good as lower", {line(1, lex({0})), line(2, tok(p.spelt)), line(3, tok(p.word))}, 2},
      {"text outside the vocabulary is no word", {line(1, tok(p.unknown_spelling)), line(2, lex({0}))}, 2},
      {"lexicon before annotation", {line(1, anno({0})), line(2, lex({0})), line(3, lex({0}))}, 2},
      {"covered token like a lexicon", {line(1, anno({0})), line(2, tok(p.covered)), line(3, lex({0}))}, 2},
      {"annotation before shape", {line(1, tok(p.capital)), line(2, anno({0})), line(3, tok())}, 2},
      {"any token at last", {line(1, gap(2)), line(2, tok(p.suffixed)), line(3, tok())}, 2},
      {"not what is optional", {line(1, optional(tok(p.word))), line(2, tok())}, 2},
      {"first of what repeats", {line(1, repeat(tok(p.word), 1, 3)), line(2, tok(p.word))}, 1},
      {"inside a group", {line(1, lex({0})), seq({line(2, tok()), line(3, tok(p.word))})}, 3},
      {"inside a group that repeats", {line(1, lex({0})), repeat(seq({line(2, tok(p.word))}), 1, 4)}, 2},
      {"not inside an optional group", {line(1, lex({0})), optional(seq({line(2, tok(p.word))}))}, 1},
      {"not in look-around", {ahead({line(1, tok(p.word))}), line(2, tok())}, 2},
      {"alternatives of one step each", {line(1, anno({0})), line(2, any({{tok(p.word)}, {lex({0})}}))}, 2},
      {"the least specific of them counts", {line(1, lex({0})), line(2, any({{tok(p.word)}, {anno({0})}}))}, 1},
      {"not longer alternatives", {line(1, tok()), line(2, any({{tok(p.word), tok()}, {lex({0})}}))}, 1},
      {"marked", {line(1, tok(p.word)), line(2, anchored(tok()))}, 2},
      {"marked group", {line(1, tok(p.word)), anchored(seq({line(2, tok()), line(3, lex({0}))}))}, 3},
  };
  for (const auto& c : cases) EXPECT_EQ(c.line, chosen(c.steps, p.scene.vocabulary())) << c.name;
}

TEST(Compile, RefusesPatternsItCannotMatch) {
  Patterns p;
  const Step word = tok(p.word);
  const struct {
    const char* name;
    Steps steps;
    Kind kind;
    std::uint32_t line;
  } cases[] = {
      {"empty", {}, Kind::kMatchesNothing, 0},
      {"all optional", {line(1, optional(word)), line(2, gap(3))}, Kind::kMatchesNothing, 1},
      {"only a border", {line(1, at(Border::kSentenceStart))}, Kind::kMatchesNothing, 1},
      {"an alternative without a token", {line(1, any({{word}, {gap(1)}}))}, Kind::kMatchesNothing, 1},
      {"a repeat of nothing", {line(1, word), line(2, repeat(seq({optional(word)}), 1, 3))}, Kind::kMatchesNothing, 2},
      {"a repeat of nothing, deep inside",
       {line(1, word), optional(seq({word, ahead({line(2, repeat(gap(2), 0, 2))})}))},
       Kind::kMatchesNothing,
       2},
      {"only a rest", {line(1, rest(Border::kSentenceEnd))}, Kind::kNoAnchor, 1},
      {"only long alternatives", {line(1, any({{word, word}, {word}}))}, Kind::kNoAnchor, 1},
      {"marked gap", {line(1, word), line(2, anchored(gap(2)))}, Kind::kNoAnchor, 2},
      {"marked long alternatives", {word, line(2, anchored(any({{word, word}, {word}})))}, Kind::kNoAnchor, 2},
      {"marked twice", {line(1, anchored(word)), line(2, anchored(word))}, Kind::kManyAnchors, 2},
      {"marked optional step", {line(1, word), line(2, optional(anchored(word)))}, Kind::kManyAnchors, 2},
      {"marked inside alternatives", {line(1, word), any({{line(2, anchored(word))}, {word}})}, Kind::kManyAnchors, 2},
      {"marked inside look-around", {line(1, word), behind({line(2, anchored(word))})}, Kind::kManyAnchors, 2},
      {"too many repeats",
       {line(1, word), repeat(seq({repeat(seq({repeat(word, 1, 64)}), 1, 64)}), 1, 64)},
       Kind::kTooLarge,
       1},
      {"gaps count as their length", {line(1, word), repeat(seq({gap(64), word}), 1, 64)}, Kind::kTooLarge, 1},
      {"look-arounds count too",
       {line(1, word), ahead({repeat(seq({repeat(word, 1, 64)}), 1, 64)})},
       Kind::kTooLarge,
       1},
  };
  for (const auto& c : cases) {
    const auto result = compile(pattern_of(c.steps), p.scene.vocabulary(), p.scene.classes());
    ASSERT_TRUE(std::holds_alternative<PatternError>(result)) << c.name;
    EXPECT_EQ(c.kind, std::get<PatternError>(result).kind) << c.name;
    EXPECT_EQ(c.line, std::get<PatternError>(result).mark.line) << c.name;
  }
}

// Written out, 64 to the power of 20: compiling must stop long before.
TEST(Compile, GivesUpEarlyOnDeeplyNestedRepeats) {
  Step step = tok();
  for (int i = 0; i < 20; ++i) step = repeat(seq({step, tok()}), 1, 64);
  Scene scene;
  const auto result = compile(pattern_of({anchored(tok()), step}), scene.vocabulary(), scene.classes());
  ASSERT_TRUE(std::holds_alternative<PatternError>(result));
  EXPECT_EQ(Kind::kTooLarge, std::get<PatternError>(result).kind);
}

TEST(Compile, TellsSizeCapturesAndAnchors) {
  Patterns p;
  const Program small = p.scene.compiled(pattern_of({as(tok(p.word), 0), as(tok(), 2)}));
  const Program large = p.scene.compiled(pattern_of({as(tok(p.word), 0), gap(40), as(tok(), 2)}));
  EXPECT_EQ(3u, small.capture_count());
  EXPECT_EQ(small.size() + 40, large.size());
  ASSERT_EQ(1u, small.anchors().size());
  EXPECT_EQ(p.word.lower, std::get<WordAnchor>(small.anchors()[0]).words);

  const Program mixed = p.scene.compiled(pattern_of({any({{tok(p.covered)}, {anno({4})}, {tok(p.capital)}})}));
  ASSERT_EQ(3u, mixed.anchors().size());
  EXPECT_TRUE(std::get<LexiconAnchor>(mixed.anchors()[0]).each_token);
  EXPECT_EQ(std::vector<TypeId>{4}, std::get<AnnotationAnchor>(mixed.anchors()[1]).types);
  EXPECT_EQ(text::kCapital, std::get<ShapeAnchor>(mixed.anchors()[2]).shape);
}

}  // namespace
}  // namespace kutip::matching
