#include <gtest/gtest.h>

#include "scene.h"
#include "steps.h"

namespace kutip::matching {
namespace {

struct OccursTest : testing::Test {
  Scene scene;
  // Words are known before a text is read.
  const Condition known = scene.lower({"a", "b", "c", "d", "x", "z", ".", "—", "bank", "desa", "maju", "kata"});
  Step word(const std::string& w) { return tok(scene.lower({w})); }
  bool occurs(const Steps& steps, text::TokenRange within, bool at_begin = false, bool at_end = false) {
    const auto program = compile_exception(pattern_of(steps), scene.classes());
    return scene.matcher().occurs(std::get<Program>(program), scene.input(), within, at_begin, at_end);
  }
};

TEST_F(OccursTest, AnywhereWithinARange) {
  const Steps steps = {word("a"), word("b")};
  scene.read("c a b d");
  EXPECT_TRUE(occurs(steps, {0, 4}));
  EXPECT_TRUE(occurs(steps, {1, 3}));
  EXPECT_FALSE(occurs(steps, {2, 4}));
  EXPECT_FALSE(occurs(steps, {0, 2}));
  EXPECT_FALSE(occurs(steps, {1, 1}));
}

TEST_F(OccursTest, AtTheBorderAskedFor) {
  const Steps steps = {word("a"), optional(word("b"))};
  scene.read("a b a b c");
  EXPECT_TRUE(occurs(steps, {0, 5}, true, false));
  EXPECT_FALSE(occurs(steps, {1, 5}, true, false));
  EXPECT_TRUE(occurs(steps, {0, 4}, false, true));
  EXPECT_FALSE(occurs(steps, {0, 5}, false, true));
  EXPECT_TRUE(occurs(steps, {2, 4}, true, true));
  EXPECT_FALSE(occurs(steps, {0, 4}, true, true));
}

// The first possibility (greedy, or shortest) need not be the one that ends in the right place.
TEST_F(OccursTest, AllPossibilitiesAreTriedForTheBorder) {
  scene.read("a b b c");
  EXPECT_TRUE(occurs({word("a"), gap(5)}, {0, 4}, true, true));
  EXPECT_TRUE(occurs({word("a"), repeat(tok(), 0, 5)}, {0, 2}, true, true));
  EXPECT_TRUE(occurs({gap(5), word("c")}, {0, 4}, true, true));
  EXPECT_TRUE(occurs({any({{word("a")}, {word("a"), word("b")}})}, {0, 2}, true, true));
}

TEST_F(OccursTest, NeedsNoAnchor) {
  scene.read("a b c");
  EXPECT_TRUE(occurs({any({{word("z")}, {word("b"), word("c")}})}, {0, 3}));
  EXPECT_TRUE(occurs({rest(Border::kSentenceStart), at(Border::kSentenceEnd)}, {0, 3}));
}

TEST_F(OccursTest, RefusesPatternsThatMatchNothingOrAreTooLarge) {
  const Pattern empty = pattern_of({at(Border::kSentenceStart)});
  const Pattern large = pattern_of({repeat(seq({repeat(tok(), 1, 64), repeat(tok(), 1, 2)}), 1, 64)});
  const Pattern fits = pattern_of({repeat(seq({repeat(tok(), 1, 32)}), 1, 60)});
  const auto kind = [](const std::variant<Program, PatternError>& result) {
    return std::get<PatternError>(result).kind;
  };
  EXPECT_EQ(PatternError::Kind::kMatchesNothing, kind(compile_exception(empty, scene.classes())));
  EXPECT_EQ(PatternError::Kind::kTooLarge, kind(compile_exception(large, scene.classes())));
  EXPECT_TRUE(std::holds_alternative<Program>(compile_exception(fits, scene.classes())));
}

TEST_F(OccursTest, RemembersNothingFromCallToCall) {
  scene.read("a b b c");
  const Program program =
      std::get<Program>(compile_exception(pattern_of({word("a"), repeat(tok(), 0, 5)}), scene.classes()));
  Matcher& matcher = scene.matcher();
  EXPECT_TRUE(matcher.occurs(program, scene.input(), {0, 3}, true, false));
  EXPECT_TRUE(matcher.occurs(program, scene.input(), {0, 3}, true, true));
  EXPECT_FALSE(matcher.occurs(program, scene.input(), {1, 3}, false, true));
  EXPECT_TRUE(matcher.occurs(program, scene.input(), {0, 3}, false, true));
}

}  // namespace
}  // namespace kutip::matching
