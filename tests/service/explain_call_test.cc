#include "service/explain_call.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "error_details.h"
#include "loading/load.h"
#include "service/errors.h"
#include "store/rules_folder.h"

namespace kutip::service {
namespace {

using testing::HasSubstr;

const char* const kText = "“Kapal siap berlayar,” kata Rini Wulandari.";

// The rules in tests/service/rules, active.
const RulesStatus& active_rules() {
  static const RulesStatus status = [] {
    RulesStatus made;
    auto read = store::read_rules_folder(KUTIP_SOURCE_DIR "/tests/service/rules");
    made.active_files = store::make_rule_files(std::move(std::get<0>(read)));
    made.active = std::make_shared<const ActiveRules>(
        ActiveRules{loading::load(made.active_files->files).rules, 7, std::chrono::system_clock::now()});
    return made;
  }();
  return status;
}

v1::ExplainRequest request_for(const std::string& text, const std::string& rule = {}) {
  v1::ExplainRequest request;
  request.mutable_document()->set_text(text);
  request.mutable_document()->set_language_code("id");
  request.set_rule_id(rule);
  return request;
}

v1::ExplainResponse explained(const v1::ExplainRequest& request) {
  v1::ExplainResponse response;
  ExplainableRulesPtr kept;
  const auto status = explain_text(active_rules(), request, {}, {}, kept, response);
  EXPECT_TRUE(is_ok(status)) << status.message();
  return response;
}

std::string reason_for(const v1::ExplainRequest& request, const RulesStatus& status = active_rules()) {
  v1::ExplainResponse response;
  ExplainableRulesPtr kept;
  return details_of(explain_text(status, request, {}, {}, kept, response)).reason;
}

TEST(ExplainCall, TellsWhatAMatchTookInTheCallersUnit) {
  const auto response = explained(request_for(kText, "direct.cue_speaker"));
  EXPECT_EQ(response.ruleset().digest(), active_rules().active_files->digest);
  EXPECT_EQ(response.ruleset().generation(), 7u);
  EXPECT_EQ(response.offset_unit(), v1::OFFSET_UNIT_CODE_POINT);
  ASSERT_EQ(response.explanations_size(), 1);
  const v1::Explanation& match = response.explanations(0);
  EXPECT_EQ(match.outcome(), v1::EXPLANATION_OUTCOME_MATCHED);
  EXPECT_EQ(match.rule().plugin(), "mini");
  EXPECT_EQ(match.rule().version(), "1.2.0");
  EXPECT_EQ(match.span().begin(), 0u);
  EXPECT_EQ(match.span().end(), 42u);
  ASSERT_GE(match.steps_size(), 3);
  EXPECT_THAT(match.steps(0).location().path(), "mini/rules.yaml");
  EXPECT_GT(match.steps(0).location().line(), 0u);
}

TEST(ExplainCall, TellsWhichStepFailedAndWhatItSaw) {
  const auto response = explained(request_for("Rini Wulandari mengatakan kapal siap.", "indirect.speaker_cue"));
  ASSERT_EQ(response.explanations_size(), 1);
  const v1::Explanation& miss = response.explanations(0);
  EXPECT_EQ(miss.outcome(), v1::EXPLANATION_OUTCOME_STEP_FAILED);
  const auto failed = std::find_if(miss.steps().begin(), miss.steps().end(),
                                   [](const auto& step) { return step.outcome() == v1::STEP_OUTCOME_FAILED; });
  ASSERT_NE(failed, miss.steps().end());
  EXPECT_THAT(failed->seen(), HasSubstr("kapal"));
  EXPECT_NE(failed->wanted(), "");
}

TEST(ExplainCall, TellsThatTheAnchorOccursNowhere) {
  const auto response = explained(request_for("Kapal siap.", "event.known"));
  ASSERT_EQ(response.explanations_size(), 1);
  EXPECT_EQ(response.explanations(0).outcome(), v1::EXPLANATION_OUTCOME_ANCHOR_ABSENT);
}

TEST(ExplainCall, KeepsToThePartThatIsAskedFor) {
  auto request = request_for("Festival Laut dibuka. 🚢 Festival Laut ditutup.", "event.known");
  EXPECT_EQ(explained(request).explanations_size(), 2);
  request.mutable_within()->set_begin(22);
  request.mutable_within()->set_end(46);
  const auto response = explained(request);
  ASSERT_EQ(response.explanations_size(), 1);
  EXPECT_EQ(response.explanations(0).span().begin(), 24u);
}

TEST(ExplainCall, CompilesRulesOnceForAllCalls) {
  ExplainableRulesPtr kept;
  v1::ExplainResponse first, second;
  ASSERT_TRUE(is_ok(explain_text(active_rules(), request_for(kText), {}, {}, kept, first)));
  ASSERT_NE(kept, nullptr);
  const ExplainableRules* const made = kept.get();
  ASSERT_TRUE(is_ok(explain_text(active_rules(), request_for(kText), {}, {}, kept, second)));
  EXPECT_EQ(kept.get(), made);
  EXPECT_EQ(first.SerializeAsString(), second.SerializeAsString());
}

TEST(ExplainCall, CompilesRulesAnewOnceOthersAreActive) {
  ExplainableRulesPtr kept = std::make_shared<const ExplainableRules>(
      ExplainableRules{store::make_rule_files({{"other/plugin.yaml", ""}}), {}});
  v1::ExplainResponse response;
  ASSERT_TRUE(is_ok(explain_text(active_rules(), request_for(kText), {}, {}, kept, response)));
  EXPECT_EQ(kept->files->digest, active_rules().active_files->digest);
}

TEST(ExplainCall, StopsWhenTheCallerHasGoneOrTheDeadlineHasPassed) {
  std::string text;
  for (int i = 0; i < 50; ++i) text += std::string(kText) + ' ';
  for (const auto code : {google::rpc::CANCELLED, google::rpc::DEADLINE_EXCEEDED}) {
    for (const int last : {1, 20, 60}) {
      int asked = 0;
      const Interruption interruption = [&] { return ++asked < last ? google::rpc::OK : code; };
      ExplainableRulesPtr kept;
      v1::ExplainResponse response;
      const auto status = explain_text(active_rules(), request_for(text), {}, interruption, kept, response);
      EXPECT_EQ(status.code(), code);
      EXPECT_EQ(details_of(status).reason, google::rpc::Code_Name(code));
      EXPECT_EQ(asked, last);
      EXPECT_EQ(response.explanations_size(), 0);
    }
  }
}

TEST(ExplainCall, RefusesWhatItCannotExplain) {
  EXPECT_EQ(reason_for(request_for(kText, "no.such_rule")), "RULE_UNKNOWN");
  auto request = request_for(kText);
  request.set_plugin("none");
  EXPECT_EQ(reason_for(request), "PLUGIN_UNKNOWN");
  request = request_for(kText);
  request.mutable_within()->set_begin(5);
  request.mutable_within()->set_end(500);
  EXPECT_EQ(reason_for(request), "OPTION_UNSUPPORTED");
  EXPECT_EQ(reason_for(request_for(std::string(70'000, 'x'))), "TEXT_TOO_LARGE");
  EXPECT_EQ(reason_for(v1::ExplainRequest()), "DOCUMENT_REQUIRED");
  EXPECT_EQ(reason_for(request_for(kText), RulesStatus()), "RULES_NOT_LOADED");
}

}  // namespace
}  // namespace kutip::service
