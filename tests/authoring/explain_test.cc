#include "authoring/explain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "authoring/step_source.h"
#include "small_plugin.h"

namespace kutip::authoring {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::string_view kRival = R"(
  - id: rival
    phase: quotes
    priority: 90
    pattern: [{anno: QUOTED, as: quote}, {tok: {lower: kata}}, {gap: {max: 3}}, {tok: {text: "!"}}]
    emit: [{type: QUOTE, span: $quote}]
)";

class Explain : public testing::Test {
 protected:
  explicit Explain() : files_(small_plugin()) { files_[1].content += std::string(kRival).substr(1); }

  void SetUp() override {
    loaded_ = loading::load(files_);
    ASSERT_NE(loaded_.rules, nullptr);
  }

  std::vector<Explanation> of(const std::string& rule, std::string_view text) {
    const ExplainedRules rules(*loaded_.rules, loaded_.rules->grammars().at(0), loaded_.patterns->at(0), files_);
    ExplainRequest request;
    request.rule = rule;
    return explain(rules, text, request, workspace_).explanations;
  }

  std::vector<loading::SourceFile> files_;
  loading::LoadResult loaded_;
  tagging::Workspace workspace_;
};

TEST_F(Explain, AMatchTellsItsStepsAndCaptures) {
  const std::string text = "“Siap,” kata Rini.";
  const auto found = of("quote", text);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].outcome, ExplanationOutcome::kMatched);
  ASSERT_THAT(found[0].steps, SizeIs(3));
  EXPECT_EQ(found[0].steps[1].source, "{lex: cue, as: cue, anchor: true}");
  EXPECT_EQ(found[0].steps[1].outcome, StepOutcome::kMatched);
  ASSERT_THAT(found[0].captures, SizeIs(3));
  EXPECT_EQ(found[0].captures[2].name, "speaker");
  EXPECT_EQ(text.substr(found[0].captures[2].span.begin, found[0].captures[2].span.size()), "Rini");
}

TEST_F(Explain, AsksAtEachPlaceWhetherToStopAndThenDoesNothingMore) {
  std::string text;
  for (int i = 0; i < 30; ++i) text += "“Siap,” kata sungai itu. ";
  const ExplainedRules rules(*loaded_.rules, loaded_.rules->grammars().at(0), loaded_.patterns->at(0), files_);
  ExplainRequest request;
  request.rule = "quote";
  int asked = 0;
  request.cancelled = [&] { return ++asked > 1'000'000; };
  EXPECT_FALSE(explain(rules, text, request, workspace_).cancelled);
  const int all = asked;
  EXPECT_GE(all, 30);
  asked = 0;
  request.cancelled = [&] { return ++asked >= all - 15; };
  const auto stopped = explain(rules, text, request, workspace_);
  EXPECT_TRUE(stopped.cancelled);
  EXPECT_THAT(stopped.explanations, IsEmpty());
  EXPECT_EQ(asked, all - 15);
}

TEST_F(Explain, ANearMissNamesTheStepWithItsPlaceWhatItWantedAndWhatItSaw) {
  const auto found = of("quote", "“Siap,” kata sungai itu.");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].outcome, ExplanationOutcome::kStepFailed);
  const TracedStep& failed = found[0].steps[2];
  EXPECT_EQ(failed.outcome, StepOutcome::kFailed);
  EXPECT_EQ(failed.where.line, 22u);
  EXPECT_EQ(failed.where.column, 9u);
  EXPECT_EQ(failed.wanted, "SPEAKER that begins here");
  EXPECT_EQ(failed.seen, "“sungai” (lower)");
}

TEST_F(Explain, TheFailingPartOfAConditionIsNamed) {
  const auto found = of("speaker", "“Siap,” kata sungai.");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].steps[1].wanted, "shape: capital");
}

TEST_F(Explain, AnAbsentAnchorIsTold) {
  const auto found = of("quote", "“Siap,” teriak Rini.");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].outcome, ExplanationOutcome::kAnchorAbsent);
  EXPECT_EQ(found[0].steps[1].outcome, StepOutcome::kFailed);
  EXPECT_EQ(found[0].steps[1].wanted, "an entry of cue");
}

TEST_F(Explain, AnExceptionIsNamed) {
  const auto found = of("quote", "Film “Senja” kata Budi.");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].outcome, ExplanationOutcome::kSuppressed);
  EXPECT_EQ(found[0].exception_id, "film");
}

TEST_F(Explain, TheWinnerOfAConflictIsNamedWithTheReason) {
  const auto found = of("quote", "“Siap,” kata Rini!");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].outcome, ExplanationOutcome::kLost);
  ASSERT_TRUE(found[0].winner);
  EXPECT_EQ(loaded_.rules->grammars()[0].rules[found[0].winner->rule].id, "rival");
  EXPECT_EQ(found[0].winner->won_by, WonBy::kPriority);
}

TEST_F(Explain, WithoutARuleAllThatCameNearAreTold) {
  const auto found = of("", "“Siap,” kata Rini.");
  ASSERT_THAT(found, SizeIs(3));
  EXPECT_EQ(found[0].outcome, ExplanationOutcome::kMatched);
  EXPECT_EQ(found[1].outcome, ExplanationOutcome::kStepFailed);  // the rival
  EXPECT_THAT(of("", "Hujan turun."), IsEmpty());
}

TEST_F(Explain, OnlyWhatWasAskedForAndNoMoreThanThat) {
  const ExplainedRules rules(*loaded_.rules, loaded_.rules->grammars().at(0), loaded_.patterns->at(0), files_);
  ExplainRequest request;
  request.rule = "quote";
  request.within = text::Span{25, 60};
  const std::string text = "“Siap,” kata Rini. “Ya,” ujar Budi.";
  const auto answer = explain(rules, text, request, workspace_);
  ASSERT_THAT(answer.explanations, SizeIs(1));
  EXPECT_EQ(answer.explanations[0].span->begin, text.find("“Ya"));
  request.within.reset();
  request.most = 1;
  EXPECT_TRUE(explain(rules, text, request, workspace_).truncated);
}

TEST(StepSource, IsTheMappingOrTheIndentedLines) {
  const std::vector<loading::SourceFile> files = {{"a", "- é: {a: \"}\",\n     b: [c]} # x\n- seq:\n"},
                                                  {"b", "  - any:\n      - [a]\n\n      - [b]\n  - c\n"}};
  EXPECT_EQ(source_at({0, 1, 6}, files), "{a: \"}\", b: [c]}");
  EXPECT_EQ(source_at({0, 3, 3}, files), "seq:");
  EXPECT_EQ(source_at({1, 1, 5}, files), "any: - [a] - [b]");
  EXPECT_EQ(source_at({0, 0, 0}, files), "");
  EXPECT_EQ(source_at({0, 9, 1}, files), "");
}

}  // namespace
}  // namespace kutip::authoring
