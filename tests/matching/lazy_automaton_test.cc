#include "matching/lazy_automaton.h"

#include <gtest/gtest.h>

#include "scene.h"
#include "steps.h"

// That it never says no where there is a match is proved by reference_matcher_test.cc, whose matcher asks it.
namespace kutip::matching {
namespace {

struct LazyAutomatonTest : testing::Test {
  Scene scene;
  const Condition known = scene.lower({"a", "b", "c", "d", "x", "z", "."});
  LazyAutomaton automaton;
  Step word(const std::string& w) { return tok(scene.lower({w})); }
  // What stands behind the first step, from behind the token `begin`.
  bool may_match(const Program& program, std::uint32_t begin) {
    return automaton.may_match(program.impl(), program.impl().after, scene.input(), scene.all(), begin + 1);
  }
};

TEST_F(LazyAutomatonTest, SaysNoWhereWhatMustFollowDoesNot) {
  const Program program = scene.compiled(pattern_of({word("a"), repeat(word("b"), 0, 8), word("c")}));
  scene.read("a b b c a b b d a");
  EXPECT_TRUE(may_match(program, 0));
  EXPECT_FALSE(may_match(program, 4));
  EXPECT_FALSE(may_match(program, 8));  // at the end of the unit
}

TEST_F(LazyAutomatonTest, FollowsGapsLooksAndAnnotations) {
  const Program gapped = scene.compiled(pattern_of({word("a"), gap(5, scene.lower({"."})), word("z")}));
  const Program looking = scene.compiled(pattern_of({word("a"), optional(word("b")), ahead({word("c")}), tok()}));
  const Program annotated = scene.compiled(pattern_of({word("a"), optional(word("b")), anno({3})}));
  scene.read("a b c z a b . z a b d");
  scene.annotate(3, {2, 4});
  EXPECT_TRUE(may_match(gapped, 0));
  EXPECT_FALSE(may_match(gapped, 4));
  EXPECT_TRUE(may_match(looking, 0));
  EXPECT_FALSE(may_match(looking, 4));
  EXPECT_TRUE(may_match(annotated, 0));
  EXPECT_FALSE(may_match(annotated, 8));
}

// The tables are kept: an annotation added, another text and another program must be seen all the same.
TEST_F(LazyAutomatonTest, SeesWhatChangesBetweenTwoCalls) {
  const Program program = scene.compiled(pattern_of({word("a"), optional(word("b")), anno({3})}));
  const Program other = scene.compiled(pattern_of({word("a"), optional(word("b")), word("d")}));
  scene.read("a b c");
  EXPECT_FALSE(may_match(program, 0));
  scene.annotate(3, {2, 3});
  EXPECT_TRUE(may_match(program, 0));
  EXPECT_FALSE(may_match(other, 0));
  scene.read("a b d");
  EXPECT_FALSE(may_match(program, 0));
  EXPECT_TRUE(may_match(other, 0));
}

// It must not know what it cannot tell from a token's facts.
TEST_F(LazyAutomatonTest, TakesLengthsAsMet) {
  Condition eight = scene.lower({"x", "z"});
  eight.min_length = 8;
  const Program program = scene.compiled(pattern_of({word("a"), optional(word("b")), tok(eight)}));
  scene.read("a x a d");
  EXPECT_TRUE(may_match(program, 0));
  EXPECT_FALSE(may_match(program, 2));
}

TEST_F(LazyAutomatonTest, LooksOnlySoFar) {
  const Program program = scene.compiled(pattern_of({word("a"), gap(60), word("z")}));
  std::string text = "a";
  for (int i = 0; i < 100; ++i) text += " b";
  scene.read(text);
  EXPECT_TRUE(may_match(program, 0));
}

}  // namespace
}  // namespace kutip::matching
