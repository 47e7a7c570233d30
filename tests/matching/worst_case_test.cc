#include <gtest/gtest.h>

#include "matching/matcher.h"
#include "scene.h"
#include "steps.h"

// Patterns and texts made to be slow. States are counted, not time.
namespace kutip::matching {
namespace {

struct Cost {
  std::uint64_t states = 0;
  std::uint64_t candidates = 0;
  std::uint64_t matches = 0;
};

Cost cost_of(Scene& scene, const Program& program, text::TokenRange unit) {
  Matcher matcher;
  Cost cost;
  for (const Candidate& candidate : scene.candidates(program)) {
    Match match;
    ++cost.candidates;
    if (matcher.match(program, scene.input(), candidate, unit, match)) ++cost.matches;
  }
  cost.states = matcher.states_visited();
  return cost;
}

std::string times(int n, const std::string& word) {
  std::string text;
  for (int i = 0; i < n; ++i) text += word + " ";
  return text;
}

TEST(WorstCase, NestedOptionalRepeatsVisitEachStateOnce) {
  Scene scene;
  const Step a = tok(scene.lower({"a"}));
  Step nested = repeat(a, 0, 2);
  for (int i = 0; i < 5; ++i) nested = repeat(seq({a, nested}), 0, 2);
  const Program program = scene.compiled(pattern_of({anchored(a), nested, tok(scene.lower({"b"}))}));
  scene.read(times(300, "a"));
  const Cost cost = cost_of(scene, program, scene.all());
  EXPECT_EQ(0u, cost.matches);
  EXPECT_EQ(300u, cost.candidates);
  EXPECT_LE(cost.states, std::uint64_t{program.size()} * (scene.all().end + 1));
}

TEST(WorstCase, ManyOptionalStepsBeforeTheAnchor) {
  Scene scene;
  const Step a = tok(scene.lower({"a"}));
  Steps steps(40, optional(a));
  steps.insert(steps.begin(), tok(scene.lower({"b"})));
  steps.push_back(anchored(a));
  const Program program = scene.compiled(pattern_of(steps));
  scene.read(times(300, "a"));
  EXPECT_LE(cost_of(scene, program, scene.all()).states, std::uint64_t{program.size()} * (scene.all().end + 1));
}

TEST(WorstCase, GapsInARow) {
  Scene scene;
  const Step a = tok(scene.lower({"a"}));
  const Program program =
      scene.compiled(pattern_of({anchored(a), gap(64), a, gap(64), a, gap(64), a, gap(64), tok(scene.lower({"b"}))}));
  scene.read(times(390, "a"));
  EXPECT_LE(cost_of(scene, program, scene.all()).states, std::uint64_t{program.size()} * (scene.all().end + 1));
}

TEST(WorstCase, LexiconOfPrefixes) {
  Scene scene;
  std::vector<std::string> prefixes;
  for (int i = 1; i <= 24; ++i) prefixes.push_back(times(i, "a"));
  const Step entry = lex({scene.lexicon(prefixes)});
  const Program program =
      scene.compiled(pattern_of({anchored(tok(scene.lower({"a"}))), repeat(entry, 1, 8), tok(scene.lower({"b"}))}));
  scene.read(times(390, "a"));
  // Each of the 24 entries at a border leads to another state.
  EXPECT_LE(cost_of(scene, program, scene.all()).states, std::uint64_t{program.size()} * 24 * (scene.all().end + 1));
  EXPECT_LE(scene.hits().hits().size(), 24u * scene.all().end);
}

TEST(WorstCase, RestIsScannedOncePerSentence) {
  Scene scene;
  const Step a = tok(scene.lower({"a"}));
  const Program program = scene.compiled(pattern_of({a, rest(Border::kSentenceEnd, scene.lower({"b"}))}));
  scene.read("b " + times(390, "a"));
  const Cost cost = cost_of(scene, program, scene.all());
  EXPECT_EQ(389u, cost.matches);
  EXPECT_LE(cost.states, std::uint64_t{program.size()} * (scene.all().end + cost.candidates + 1));
}

TEST(WorstCase, SuccessesCostTheSizeOfTheProgramEach) {
  Scene scene;
  const Step a = tok(scene.lower({"a"}));
  const Program program = scene.compiled(pattern_of({anchored(a), optional(a), gap(8), repeat(a, 0, 64)}));
  scene.read(times(390, "a"));
  const Cost cost = cost_of(scene, program, scene.all());
  EXPECT_EQ(cost.candidates, cost.matches);
  EXPECT_LE(cost.states, std::uint64_t{program.size()} * (scene.all().end + cost.matches + 1));
}

TEST(WorstCase, LookAroundIsAnsweredOncePerToken) {
  Scene scene;
  const Step a = tok(scene.lower({"a"}));
  const Step look = ahead({gap(64), tok(scene.lower({"b"}))}, false);
  const Program program = scene.compiled(pattern_of({anchored(a), repeat(seq({a, look}), 1, 30), tok()}));
  scene.read(times(390, "a"));
  const Cost cost = cost_of(scene, program, scene.all());
  EXPECT_GT(cost.matches, 300u);
  EXPECT_LE(cost.states, std::uint64_t{program.size()} * (scene.all().end + cost.matches + 1));
}

TEST(WorstCase, ManyAnnotationsAtOnePlace) {
  Scene scene;
  const Step a = tok(scene.lower({"a"}));
  scene.read(times(50, "a"));
  for (std::uint32_t i = 0; i < 2'000; ++i) scene.annotate(1, {1, 2 + i % 40});
  const Program program = scene.compiled(pattern_of({anchored(a), anno({1}), tok(scene.lower({"b"}))}));
  EXPECT_LE(cost_of(scene, program, scene.all()).states, 2'000u + 40u + 4u * 50u);
}

TEST(Matcher, ForgetsWhenDocumentUnitOrAnnotationsChange) {
  Scene scene;
  const Step a = tok(scene.lower({"a"}));
  const Program program =
      scene.compiled(pattern_of({anchored(a), any({{optional(a), anno({1})}, {a, tok(scene.lower({"b"}))}})}));
  const auto matched = [&](text::TokenRange unit) {
    Match match;
    return scene.matcher().match(program, scene.input(), {0, {0, 1}}, unit, match);
  };
  scene.read("a a c d");
  EXPECT_FALSE(matched({0, 4}));
  scene.annotate(1, {2, 3});
  EXPECT_TRUE(matched({0, 4}));
  EXPECT_FALSE(matched({0, 2}));
  scene.read("a a b d");
  EXPECT_TRUE(matched({0, 4}));
  EXPECT_FALSE(matched({0, 2}));
  scene.read("a a c d");
  EXPECT_FALSE(matched({0, 4}));
  scene.read("a a b d");
  EXPECT_TRUE(matched({0, 4}));
}

// A program may come to lie where another one lay before.
TEST(Matcher, TellsProgramsApart) {
  Scene scene;
  const Step a = tok(scene.lower({"a"})), b = tok(scene.lower({"b"})), c = tok(scene.lower({"c"}));
  scene.read("a b d");
  for (int i = 0; i < 10; ++i) {
    EXPECT_TRUE(scene.matched({anchored(a), gap(2), c}).empty());
    EXPECT_EQ(1u, scene.matched({anchored(a), gap(2), b}).size());
  }
}

TEST(Matcher, DoesNotMatchACandidateOutsideTheUnit) {
  Scene scene;
  const Program program = scene.compiled(pattern_of({tok(scene.lower({"a"}))}));
  scene.read("a b");
  Match match;
  EXPECT_TRUE(scene.matcher().match(program, scene.input(), {0, {0, 1}}, {0, 2}, match));
  EXPECT_FALSE(scene.matcher().match(program, scene.input(), {0, {0, 1}}, {1, 2}, match));
}

}  // namespace
}  // namespace kutip::matching
