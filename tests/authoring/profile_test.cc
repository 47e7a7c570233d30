#include "authoring/profile.h"

#include <gtest/gtest.h>

#include "small_plugin.h"

namespace kutip::authoring {
namespace {

TEST(Profiler, CountsRunsMatchesAndHits) {
  const auto rules = load_good(small_plugin());
  const tagging::Grammar& grammar = rules->grammars().at(0);
  Profiler profiler(*rules, grammar);
  profiler.add("“Siap,” kata Rini. Film “Senja” kata Budi. Kata orang begitu.");
  profiler.add("“Ya,” ujar Budi.");
  const RuleProfile& quote = profiler.rules()[1];
  EXPECT_EQ(grammar.rules[1].id, "quote");
  EXPECT_EQ(quote.runs, 3u);  // the last sentence holds no quoted span and is passed over
  EXPECT_EQ(quote.matches, 3u);
  EXPECT_EQ(quote.hits, 2u);  // the film is an exception
  EXPECT_GT(quote.states, 0u);
  EXPECT_EQ(profiler.sentences(), 4u);
}

constexpr std::string_view kLongRule = R"(schema: kutip.rules/v1
plugin: p
rules:
  - id: long
    phase: quotes
    pattern:
      - {tok: {lower: kata}, anchor: true}
      - {tok: {shape: capital}, optional: true}
      - {any: [[{tok: {text: ","}}], [{tok: {text: ";"}}, {tok: {lower: lalu}}]]}
      - {tok: {lower: dia}, as: who}
    suppress_when:
      - {id: film, where: sentence, pattern: [{tok: {lower: film}}]}
    emit: [{type: EVENT, span: $who}]
)";

TEST(Profiler, CountsWhatEachStepDid) {
  const auto rules = load_good(plugin_with(kLongRule));
  Profiler profiler(*rules, rules->grammars().at(0));
  profiler.add("Lalu kata Budi, dia. Orang kata, dia. Atau kata Budi; lalu orang, dia. Tentang kata dari dia, dia.");
  const std::vector<StepProfile> steps = profiler.steps(0);
  ASSERT_EQ(steps.size(), 4u);
  const auto counts = [&](std::size_t i) { return std::pair(steps[i].count.reached, steps[i].count.passed); };
  EXPECT_EQ(counts(0), std::pair(4ul, 4ul));
  EXPECT_EQ(counts(1), std::pair(3ul, 3ul));  // a look at the next token rules the fourth out
  EXPECT_EQ(counts(2), std::pair(3ul, 3ul));
  EXPECT_EQ(counts(3), std::pair(3ul, 2ul));
  profiler.add("Film itu, kata Budi, dia.");
  EXPECT_GT(profiler.rules()[0].exception_states, 0u);
  EXPECT_LE(profiler.rules()[0].exception_states, profiler.rules()[0].states);
}

TEST(Profiler, HasNoStepsOfARuleThatNeverRan) {
  const auto rules = load_good(small_plugin());
  Profiler profiler(*rules, rules->grammars().at(0));
  EXPECT_TRUE(profiler.steps(1).empty());
}

}  // namespace
}  // namespace kutip::authoring
