// RuleService: checking, explaining, listing and watching rules.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <thread>

#include "rule_service_fixture.h"

namespace kutip::service {
namespace {

using testing::ElementsAre;

TEST_F(RuleServiceTest, ChecksFilesThatAreSentAlong) {
  start();
  v1::CheckRulesRequest request;
  for (const auto& [path, content] : support::event_plugin("pesta gunung", "pesta gunung")) {
    if (path != "t/rules.yaml") continue;
    auto* file = request.add_files();
    file->set_path(path);
    file->set_content(content);
  }
  request.add_samples()->set_text("Pesta gunung dibuka.");
  request.add_samples()->set_text("Pesta laut dibuka.");
  v1::CheckRulesResponse response;
  ASSERT_TRUE(check(request, response).ok());
  EXPECT_TRUE(response.valid());
  EXPECT_EQ(response.tests().run(), 1u);
  ASSERT_EQ(response.samples_size(), 2);
  EXPECT_EQ(response.samples(0).labels_size(), 1);
  EXPECT_EQ(response.samples(1).labels_size(), 0);
  EXPECT_EQ(response.samples(0).ruleset().digest(), response.digest());
  EXPECT_NE(status().active().digest(), response.digest());

  request.mutable_files(0)->set_content("schema: kutip.rules/v1\nplugin: t\nrules: [\xFF\n");
  ASSERT_TRUE(check(request, response).ok());
  EXPECT_FALSE(response.valid());
  EXPECT_GE(response.diagnostics_size(), 1);
  EXPECT_EQ(response.samples_size(), 0);

  request.set_standalone(true);
  ASSERT_TRUE(check(request, response).ok());
  EXPECT_FALSE(response.valid()) << "without the manifest";
}

TEST_F(RuleServiceTest, RefusesPathsThatNoRulesFolderHolds) {
  start();
  for (const char* path : {"", "t/../x.yaml", "/etc/x.yaml", "t//x.yaml", "t/.x.yaml", "t/x.md", "t/"}) {
    v1::CheckRulesRequest request;
    request.add_files()->set_path(path);
    v1::CheckRulesResponse response;
    const grpc::Status refused = check(request, response);
    EXPECT_EQ(refused.error_code(), grpc::StatusCode::INVALID_ARGUMENT) << path;
    EXPECT_EQ(details_of(refused).reason, "RULE_PATH_INVALID") << path;
  }
  v1::CheckRulesRequest request;
  request.add_removed_paths("t/none.yaml");
  v1::CheckRulesResponse response;
  EXPECT_EQ(check(request, response).error_code(), grpc::StatusCode::INVALID_ARGUMENT);
}

TEST_F(RuleServiceTest, ExplainsWhyNotByTheActiveRules) {
  start();
  grpc::ClientContext context;
  v1::ExplainRequest request;
  request.mutable_document()->set_text("Pesta gunung dibuka.");
  request.set_rule_id("event.known");
  v1::ExplainResponse response;
  ASSERT_TRUE(rules_->Explain(&context, request, &response).ok());
  EXPECT_EQ(response.ruleset().digest(), status().active().digest());
  ASSERT_EQ(response.explanations_size(), 1);
  EXPECT_EQ(response.explanations(0).outcome(), v1::EXPLANATION_OUTCOME_ANCHOR_ABSENT);
}

TEST_F(RuleServiceTest, TellsWhatOverlaysChange) {
  folder_.write("rules/desk/overlay.yaml",
                "schema: kutip.overlay/v1\nbase: {plugin: t, version: \">=1 <2\"}\nchanges:\n"
                "  - rule: event.known\n    replace: {priority: 45}\n    reason: Weighed by the sports desk.\n"
                "    expires: \"2099-12-31\"\n"
                "  - {lexicon: event, add: [pesta bukit], reason: A new one.}\n");
  start();
  grpc::ClientContext context;
  v1::ListPluginsResponse response;
  ASSERT_TRUE(rules_->ListPlugins(&context, {}, &response).ok());
  ASSERT_EQ(response.plugins_size(), 1);
  ASSERT_EQ(response.plugins(0).changes_size(), 2);
  const v1::OverlayChange& rule = response.plugins(0).changes(0);
  EXPECT_EQ(rule.rule_id(), "event.known");
  EXPECT_EQ(rule.location().path(), "desk/overlay.yaml");
  EXPECT_EQ(rule.location().line(), 4u);
  EXPECT_THAT(rule.replaced_keys(), testing::ElementsAre("priority"));
  EXPECT_EQ(rule.reason(), "Weighed by the sports desk.");
  EXPECT_EQ(rule.expires(), "2099-12-31");
  EXPECT_FALSE(rule.disables());
  EXPECT_EQ(response.plugins(0).changes(1).lexicon(), "event");
  EXPECT_EQ(response.plugins(0).changes(1).expires(), "");
}

TEST_F(RuleServiceTest, ExplainsWhileRulesAreLoading) {
  start();
  std::promise<void> loaded;
  ASSERT_TRUE(reloader_->post([end = loaded.get_future().share()](RuleKeeper&) { end.wait(); }));
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
  v1::ExplainRequest request;
  request.mutable_document()->set_text("Pesta laut dibuka.");
  v1::ExplainResponse response;
  EXPECT_TRUE(rules_->Explain(&context, request, &response).ok());
  EXPECT_EQ(response.explanations_size(), 1);
  loaded.set_value();
}

TEST_F(RuleServiceTest, TellsWatchersOfEachChange) {
  start();
  grpc::ClientContext context;
  const auto stream = rules_->WatchRuleset(&context, {});
  v1::WatchRulesetResponse response;
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.status().active().generation(), 1u);
  write("pesta gunung");
  ASSERT_TRUE(reload().ok());
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.status().active().generation(), 2u);
  write("pesta]");
  EXPECT_FALSE(reload().ok());
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.status().state(), v1::RULESET_STATE_LAST_GOOD);
}

TEST_F(RuleServiceTest, EndsWatchersWhenTheServerEnds) {
  start();
  grpc::ClientContext context;
  const auto stream = rules_->WatchRuleset(&context, {});
  v1::WatchRulesetResponse response;
  ASSERT_TRUE(stream->Read(&response));
  const auto begin = std::chrono::steady_clock::now();
  std::thread drain([&] { server_->drain(std::chrono::seconds(60)); });
  EXPECT_FALSE(stream->Read(&response));
  const grpc::Status end = stream->Finish();
  drain.join();
  EXPECT_EQ(end.error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(details_of(end).reason, "SHUTTING_DOWN");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(30)) << "the watch held up the end";
}

TEST_F(RuleServiceTest, ChecksAndExplanationsEndWhenTheServerAllowsNoMoreTime) {
  Limits limits;
  limits.max_call_duration = milliseconds(0);
  start(false, limits);
  v1::CheckRulesResponse checked;
  grpc::Status end = check({}, checked);
  EXPECT_EQ(end.error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
  EXPECT_EQ(details_of(end).reason, "DEADLINE_EXCEEDED");
  grpc::ClientContext context;
  v1::ExplainRequest request;
  request.mutable_document()->set_text("Pesta laut dibuka.");
  v1::ExplainResponse explained;
  end = rules_->Explain(&context, request, &explained);
  EXPECT_EQ(end.error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
  EXPECT_EQ(details_of(end).reason, "DEADLINE_EXCEEDED");
  write("pesta gunung");
  EXPECT_TRUE(reload().ok()) << "a reload is not cut short";
}

TEST_F(RuleServiceTest, AWatcherMayGo) {
  start();
  {
    grpc::ClientContext context;
    const auto stream = rules_->WatchRuleset(&context, {});
    v1::WatchRulesetResponse response;
    ASSERT_TRUE(stream->Read(&response));
    context.TryCancel();
    EXPECT_FALSE(stream->Finish().ok());
  }
  write("pesta gunung");
  EXPECT_TRUE(reload().ok());
}

}  // namespace
}  // namespace kutip::service
