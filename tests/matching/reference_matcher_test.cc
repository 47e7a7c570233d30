#include "reference_matcher.h"

#include <gtest/gtest.h>

#include <memory>

#include "matching/lazy_automaton.h"
#include "matching/matcher.h"
#include "random_pattern.h"
#include "scene.h"

// The matcher against the reference matcher, on random patterns and texts.
namespace kutip::matching {
namespace {

constexpr int kPatterns = 2'600;
constexpr int kTexts = 60;
constexpr std::uint64_t kSeed = 20240611;

void add_random_annotations(RandomPatterns& random, Scene& scene) {
  const std::uint32_t tokens = scene.all().end;
  for (std::uint32_t left = random.number(7); left > 0; --left) {
    const std::uint32_t begin = random.number(tokens);
    const std::uint32_t end = std::min(tokens, begin + 1 + random.number(4));
    const bool marks = end - begin > 1 && random.number(3) == 0;
    const text::TokenRange inner = marks ? text::TokenRange{begin + 1, end - 1} : text::TokenRange{begin, end};
    scene.annotate(static_cast<TypeId>(random.number(3)), {begin, end}, inner, random.number(4));
  }
}

// Scenes share no memory, but words and lexicons are added in the same order and so have the same ids.
std::unique_ptr<Scene> make_scene(RandomWorld& world) {
  auto scene = std::make_unique<Scene>();
  world.words = scene->lower({"a", "b", "c", "ab", ",", "7"}).lower;
  world.lexicons = {scene->lexicon({"a", "a b", "b c", "a b c a", "7"}), scene->lexicon({"c", "b", "a b", "ab b"}),
                    scene->lexicon({"Ab", "B", "ab a"}, LexiconMatch::kExact),
                    scene->lexicon({"ab", "b a", "b"}, LexiconMatch::kCapital)};
  return scene;
}

bool same(const Match& a, const Match& b) {
  if (a.range != b.range || a.captures.size() != b.captures.size()) return false;
  for (std::size_t i = 0; i < a.captures.size(); ++i) {
    const Capture &x = a.captures[i], &y = b.captures[i];
    if (x.taken != y.taken) return false;
    if (x.taken && (x.range != y.range || x.annotation != y.annotation || x.entry != y.entry)) return false;
  }
  return true;
}

struct Tally {
  int pairs = 0, matches = 0, mismatches = 0, occurrences = 0, abandoned = 0;
  int refused = 0;  // mismatches that the automaton knew to be some
  LazyAutomaton automaton;
};

// Asks about short codes, too, which the matcher does not.
bool may_match(const Program& program, const Scene& scene, const Candidate& candidate, text::TokenRange unit,
               LazyAutomaton& automaton) {
  const Program::Impl& impl = program.impl();
  return automaton.may_match(impl, impl.before, scene.input(), unit, candidate.range.begin) &&
         automaton.may_match(impl, impl.after, scene.input(), unit, candidate.range.end);
}

void compare_candidates(const Pattern& pattern, const Program& program, Scene& scene, ReferenceMatcher& reference) {
  std::vector<Candidate> found = scene.candidates(program);
  for (const Candidate& wanted : reference.candidates(pattern)) {
    const auto same_place = [&](const Candidate& c) {
      return c.range == wanted.range && c.annotation == wanted.annotation;
    };
    ASSERT_EQ(1, std::count_if(found.begin(), found.end(), same_place)) << scene.document().text();
  }
}

void compare_matches(const Pattern& pattern, const Program& program, text::TokenRange unit, Scene& scene,
                     ReferenceMatcher& reference, Tally& tally) {
  for (const Candidate& candidate : scene.candidates(program)) {
    const auto expected = reference.match(pattern, candidate, unit);
    if (reference.gave_up()) {
      ++tally.abandoned;
      continue;
    }
    Match actual;
    const bool matched = scene.matcher().match(program, scene.input(), candidate, unit, actual);
    ASSERT_EQ(expected.has_value(), matched) << scene.document().text() << " at " << candidate.range.begin;
    if (matched) {
      ASSERT_TRUE(same(*expected, actual)) << scene.document().text() << " at " << candidate.range.begin;
    }
    ++(matched ? tally.matches : tally.mismatches);
    if (unit.contains(candidate.range) && !may_match(program, scene, candidate, unit, tally.automaton)) {
      ASSERT_FALSE(matched) << scene.document().text() << " at " << candidate.range.begin;
      ++tally.refused;
    }
  }
}

void compare_occurrences(const Pattern& pattern, const Program& exception, text::TokenRange within, Scene& scene,
                         ReferenceMatcher& reference, Tally& tally) {
  for (const bool at_begin : {false, true}) {
    for (const bool at_end : {false, true}) {
      const bool expected = reference.occurs(pattern, within, at_begin, at_end);
      if (reference.gave_up()) continue;
      ASSERT_EQ(expected, scene.matcher().occurs(exception, scene.input(), within, at_begin, at_end))
          << scene.document().text() << " " << at_begin << at_end;
      tally.occurrences += expected;
    }
  }
}

TEST(ReferenceMatcher, AgreesWithTheMatcherOnRandomPatternsAndTexts) {
  RandomWorld world;
  std::vector<std::unique_ptr<Scene>> scenes;
  for (int i = 0; i < kTexts; ++i) scenes.push_back(make_scene(world));
  RandomPatterns random(world, kSeed);
  for (const auto& scene : scenes) {
    scene->read(random.text());
    add_random_annotations(random, *scene);
  }

  Tally tally;
  for (int i = 0; i < kPatterns && !testing::Test::HasFatalFailure(); ++i) {
    SCOPED_TRACE("pattern " + std::to_string(i));
    const Pattern pattern = random.pattern();
    const auto classes = std::make_shared<TokenClasses>();
    if (i % 8 == 0) take_all_room(*classes);
    for (const auto& scene : scenes) scene->share_classes(classes);
    const auto compiled = compile(pattern, scenes[0]->vocabulary(), *classes);
    if (std::holds_alternative<PatternError>(compiled)) {
      ASSERT_NE(PatternError::Kind::kNoAnchor, std::get<PatternError>(compiled).kind);
      ASSERT_NE(PatternError::Kind::kManyAnchors, std::get<PatternError>(compiled).kind);
      continue;
    }
    const Program& program = std::get<Program>(compiled);
    const auto exception = compile_exception(pattern, *classes);
    for (const auto& scene : scenes) {
      ++tally.pairs;
      ReferenceMatcher reference(scene->input());
      const bool by_paragraph = random.number(3) == 0;
      const auto& document = scene->document();
      compare_candidates(pattern, program, *scene, reference);
      for (const text::TokenRange unit : by_paragraph ? document.paragraphs() : document.sentences())
        compare_matches(pattern, program, unit, *scene, reference, tally);
      const std::uint32_t begin = random.number(scene->all().end);
      const text::TokenRange within{begin, begin + random.number(scene->all().end - begin + 1)};
      if (std::holds_alternative<Program>(exception))
        compare_occurrences(pattern, std::get<Program>(exception), within, *scene, reference, tally);
      if (testing::Test::HasFatalFailure()) return;
    }
  }
  RecordProperty("pairs", tally.pairs);
  RecordProperty("matches", tally.matches);
  RecordProperty("mismatches", tally.mismatches);
  RecordProperty("refused", tally.refused);
  EXPECT_GE(tally.pairs, 100'000);
  EXPECT_GE(tally.matches, 30'000);
  EXPECT_GE(tally.mismatches, 30'000);
  EXPECT_GE(tally.refused, 20'000);
  EXPECT_GE(tally.occurrences, 10'000);
  EXPECT_LT(tally.abandoned, tally.matches / 100);
}

}  // namespace
}  // namespace kutip::matching
