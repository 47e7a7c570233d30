#include "store/trial.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/event_plugin.h"
#include "support/has_errors.h"

namespace kutip::store {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

Trial try_word(const std::string& word, const std::string& tested) {
  std::vector<loading::SourceFile> files;
  for (auto& [path, content] : support::event_plugin(word, tested)) files.push_back({path, content});
  return try_rules(make_rule_files(std::move(files)));
}

TEST(Trial, GoodRulesWhoseTestsPassAreGiven) {
  const Trial trial = try_word("pesta laut", "pesta laut");
  for (const auto& d : trial.diagnostics) ADD_FAILURE() << loading::format_text(d, trial.files->files);
  ASSERT_NE(trial.rules, nullptr);
  EXPECT_EQ(trial.rules->digest(), trial.files->digest);
  EXPECT_EQ(trial.tests_run, 1u);
  EXPECT_THAT(trial.failed_tests, IsEmpty());
}

TEST(Trial, ATestThatFailsKeepsTheRulesBack) {
  const Trial trial = try_word("pesta laut", "pesta gunung");
  EXPECT_EQ(trial.rules, nullptr);
  EXPECT_FALSE(support::has_errors(trial.diagnostics));
  ASSERT_THAT(trial.failed_tests, SizeIs(1));
  EXPECT_EQ(trial.failed_tests[0].rule, "event.known");
  EXPECT_THAT(trial.failed_tests[0].message, HasSubstr("pesta gunung"));
}

TEST(Trial, AMistakeIsGivenWithItsPlace) {
  const Trial trial = try_word("pesta laut]", "pesta laut");
  EXPECT_EQ(trial.rules, nullptr);
  ASSERT_TRUE(support::has_errors(trial.diagnostics));
  EXPECT_EQ(trial.diagnostics[0].where.line, 4u);
  EXPECT_EQ(trial.tests_run, 0u);
}

TEST(Trial, EndsWhenItIsToldTo) {
  std::vector<loading::SourceFile> files;
  for (auto& [path, content] : support::event_plugin("pesta laut", "pesta laut")) files.push_back({path, content});
  const RuleFilesPtr made = make_rule_files(std::move(files));
  int all = 0;
  const Trial whole = try_rules(made, 1, [&] { return ++all > 1'000'000; });
  EXPECT_TRUE(whole.succeeded);
  EXPECT_FALSE(whole.cancelled);
  for (int last = 1; last <= all; ++last) {
    int asked = 0;
    const Trial trial = try_rules(made, 1, [&] { return ++asked >= last; });
    EXPECT_TRUE(trial.cancelled) << last;
    EXPECT_FALSE(trial.succeeded) << last;
    EXPECT_EQ(trial.rules, nullptr) << last;
    EXPECT_EQ(trial.tests_run, 0u) << last;
  }
}

TEST(Trial, NoFilesAreNoRules) {
  const Trial trial = try_rules(make_rule_files({}));
  EXPECT_EQ(trial.rules, nullptr);
  EXPECT_THAT(trial.diagnostics, SizeIs(1));
}

}  // namespace
}  // namespace kutip::store
