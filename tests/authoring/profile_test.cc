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

}  // namespace
}  // namespace kutip::authoring
