#include "matching/first_tokens.h"

#include <gtest/gtest.h>

#include "scene.h"
#include "steps.h"

namespace kutip::matching {
namespace {

struct FirstTokensTest : testing::Test {
  Scene scene;
  const LexiconId banks = scene.lexicon({"bank"});
  const Step a = tok(scene.lower({"a"})), b = tok(scene.lower({"b"}));

  FirstTokens first(const Steps& steps, Direction direction = Direction::kRightward) {
    FirstTokenFinder finder(direction, scene.classes());
    return finder.of(steps, 0, steps.size(), FirstTokens::nothing());
  }
  // Of which of the steps a, b and the lexicon the first token may be.
  std::string may_be(const FirstTokens& tokens) {
    if (tokens.any_token) return "anything";
    std::string found = tokens.none ? "-" : "";
    const auto has = [&](TokenClass in) {
      for (const auto& fact : tokens.facts)
        if (fact.column == in.column && (fact.any & in.bit) != 0) return true;
      return false;
    };
    if (has(*scene.classes().of_words(scene.lower({"a"}).lower))) found += "a";
    if (has(*scene.classes().of_words(scene.lower({"b"}).lower))) found += "b";
    if (has(scene.classes().of_lexicons({banks}))) found += "L";
    if ((tokens.annotations & type_bit(3)) != 0) found += "3";
    return found;
  }
};

TEST_F(FirstTokensTest, OfStepsInEachDirection) {
  EXPECT_EQ("a", may_be(first({a, b})));
  EXPECT_EQ("b", may_be(first({a, b}, Direction::kLeftward)));
  EXPECT_EQ("ab", may_be(first({optional(a), b})));
  EXPECT_EQ("-ab", may_be(first({optional(a), optional(b)})));
  EXPECT_EQ("a", may_be(first({repeat(a, 2, 5), b})));
  EXPECT_EQ("abL", may_be(first({any({{a, b}, {optional(b), lex({banks})}})})));
  EXPECT_EQ("a3", may_be(first({optional(anno({3})), a})));
  EXPECT_EQ("anything", may_be(first({gap(2), a})));
  EXPECT_EQ("anything", may_be(first({optional(tok()), a})));
  EXPECT_EQ("a", may_be(first({ahead({b}), a})));
}

}  // namespace
}  // namespace kutip::matching
