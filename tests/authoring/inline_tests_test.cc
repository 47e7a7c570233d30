#include "authoring/inline_tests.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "authoring/edits.h"
#include "authoring/junit.h"
#include "small_plugin.h"

namespace kutip::authoring {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

std::vector<loading::SourceFile> plugin_replacing(std::string_view from, std::string_view to) {
  auto files = small_plugin();
  files[1].content = replaced(files[1].content, from, to);
  return files;
}

TestReport run(const std::vector<loading::SourceFile>& files, const std::string& filter = "") {
  const auto rules = load_good(files);
  return rules == nullptr ? TestReport() : run_inline_tests(*rules, files, {filter, nullptr});
}

TEST(InlineTests, PassWhereMarksAreWhatRulesCapture) {
  const TestReport report = run(small_plugin());
  EXPECT_EQ(report.count(TestOutcome::kPassed), 4u);
  EXPECT_THAT(report.untested, IsEmpty());
}

TEST(InlineTests, AFilterSelectsRules) {
  EXPECT_THAT(run(small_plugin(), "p/quote").results, SizeIs(2));
  EXPECT_THAT(run(small_plugin(), "nothing").results, IsEmpty());
}

TEST(InlineTests, ProgressIsToldOfEachTest) {
  const auto files = small_plugin();
  std::vector<std::size_t> done;
  run_inline_tests(*load_good(files), files, {"", [&](std::size_t n, std::size_t total) {
                                                EXPECT_EQ(total, 4u);
                                                done.push_back(n);
                                              }});
  EXPECT_THAT(done, ElementsAre(1, 2, 3, 4));
}

TEST(InlineTests, AFailureSaysWhatWasExpectedAndWhatCame) {
  const TestReport report = run(plugin_replacing("[[name|Rini Wulandari]]", "[[name|Rini]] Wulandari"));
  ASSERT_EQ(report.count(TestOutcome::kFailed), 1u);
  EXPECT_THAT(report.results[0].message, HasSubstr("- name: "));
  EXPECT_THAT(report.results[0].message, HasSubstr("“Rini Wulandari”"));
}

TEST(InlineTests, UpdatedMarksAreWhatRulesCapture) {
  auto files = plugin_replacing("“Siap,” kata [[name|Rini Wulandari]]", "“Siap,” [[name|kata]] Rini Wulandari");
  const TestReport report = run(files);
  ASSERT_EQ(report.count(TestOutcome::kFailed), 1u);
  files[1].content = apply_edits(files[1].content, report.results[0].update);
  EXPECT_EQ(files[1].content, small_plugin()[1].content);
}

TEST(InlineTests, MarksInPlainTextAreNotUpdatedForBracketsMayMeanAList) {
  const TestReport report = run(plugin_replacing("- text: |-\n          “Siap,” kata [[name|Rini Wulandari]].",
                                                 "- text: “Siap,” kata [[name|Rini]] Wulandari."));
  ASSERT_EQ(report.count(TestOutcome::kFailed), 1u);
  EXPECT_THAT(report.results[0].update, IsEmpty());
}

TEST(InlineTests, TodoFailsAsExpectedOrPassesUnexpectedly) {
  EXPECT_EQ(run(plugin_replacing("- text: |-\n          “Siap,” kata [[name|Rini Wulandari]].",
                                 "- todo: true\n        text: |-\n          “Siap,” [[name|kata]] Rini."))
                .count(TestOutcome::kExpectedFailure),
            1u);
  const TestReport passing =
      run(plugin_replacing("- text: |-\n          “Siap,”", "- todo: true\n        text: |-\n          “Siap,”"));
  EXPECT_EQ(passing.count(TestOutcome::kUnexpectedPass), 1u);
  ASSERT_THAT(passing.untested, SizeIs(1));
  EXPECT_TRUE(passing.untested[0].no_positive);
}

TEST(Junit, HasASuiteAPluginAndSaysWhatFailed) {
  const auto files = plugin_replacing("[[speaker|Budi]].", "Budi. [[speaker|Ia]] <pergi>.");
  const std::string xml = junit_xml(run(files), files);
  EXPECT_THAT(xml, HasSubstr("<testsuites tests=\"4\" failures=\"1\" skipped=\"0\">"));
  EXPECT_THAT(xml, HasSubstr("<testsuite name=\"p\""));
  EXPECT_THAT(xml, HasSubstr("classname=\"p.quote\""));
  EXPECT_THAT(xml, HasSubstr("<failure message=\"captures differ\">"));
}

TEST(Edits, CountCodePointsAndKeepTheRest) {
  const std::string content = "\xEF\xBB\xBF“a” b\r\nç d\n";
  EXPECT_EQ(apply_edits(content, {{{0, 2, 3, 4}, "e"}, {{0, 1, 2, 3}, "ö"}}), "\xEF\xBB\xBF“ö” b\r\nç e\n");
  EXPECT_EQ(apply_edits(content, {}), content);
}

}  // namespace
}  // namespace kutip::authoring
