// The tests that stand beside the shipped rules.
#include "authoring/inline_tests.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "loading/load.h"
#include "store/rules_folder.h"

namespace kutip {
namespace {

std::string place(const loading::SourceRange& where, const std::vector<loading::SourceFile>& files) {
  return files[where.file].path + ":" + std::to_string(where.line) + ":" + std::to_string(where.column);
}

class ShippedRuleTests : public testing::Test {
 protected:
  void SetUp() override {
    auto read = store::read_rules_folder(KUTIP_SOURCE_DIR "/rules");
    files_ = std::get<std::vector<loading::SourceFile>>(std::move(read));
    const auto rules = loading::load(files_).rules;
    ASSERT_NE(rules, nullptr);
    report_ = authoring::run_inline_tests(*rules, files_);
  }

  std::vector<loading::SourceFile> files_;
  authoring::TestReport report_;
};

TEST_F(ShippedRuleTests, Pass) {
  EXPECT_GT(report_.results.size(), 100u);
  for (const auto& result : report_.results)
    if (result.outcome == authoring::TestOutcome::kFailed)
      ADD_FAILURE() << place(result.where, files_) << ": " << result.plugin << "/" << result.rule << ": "
                    << result.message;
}

TEST_F(ShippedRuleTests, ThoseToDoStillFail) {
  for (const auto& result : report_.results)
    if (result.outcome == authoring::TestOutcome::kUnexpectedPass)
      ADD_FAILURE() << place(result.where, files_) << ": " << result.rule << " passes; its `todo` can go";
}

TEST_F(ShippedRuleTests, EveryRuleHasAPositiveAndANegativeOne) {
  for (const auto& rule : report_.untested)
    ADD_FAILURE() << place(rule.where, files_) << ": " << rule.plugin << "/" << rule.rule << " has no "
                  << (rule.no_positive ? "positive" : "negative") << " test";
}

}  // namespace
}  // namespace kutip
