// RuleService over a loopback port, on a rules folder that the tests edit.
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "error_details.h"
#include "kutip/v1/annotation_service.grpc.pb.h"
#include "kutip/v1/rule_service.grpc.pb.h"
#include "service/reloader.h"
#include "service/server.h"
#include "support/event_plugin.h"
#include "support/temporary_folder.h"

namespace kutip::service {
namespace {

using std::chrono::milliseconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

ErrorDetails details_of(const grpc::Status& status) {
  google::rpc::Status rich;
  EXPECT_TRUE(rich.ParseFromString(status.error_details()));
  return service::details_of(rich);
}

v1::RulesetDiagnostics mistakes_of(const grpc::Status& status) {
  google::rpc::Status rich;
  EXPECT_TRUE(rich.ParseFromString(status.error_details()));
  v1::RulesetDiagnostics mistakes;
  for (const auto& detail : rich.details()) detail.UnpackTo(&mistakes);
  return mistakes;
}

class RuleServiceTest : public testing::Test {
 protected:
  RuleServiceTest() { write("pesta laut"); }
  ~RuleServiceTest() override { stop(); }

  // Rules that find `word`, and whose test wants them to find `tested`.
  void write(const std::string& word, std::string tested = {}) {
    if (tested.empty()) tested = word;
    for (const auto& [path, content] : support::event_plugin(word, tested)) folder_.write("rules/" + path, content);
  }

  // With `watch` a change is followed soon; else only when it is asked for.
  void start(bool watch = false, const Limits& limits = {}) {
    ReloaderOptions options;
    options.rules = {folder_ / "rules", folder_ / "state"};
    options.watch = watch;
    options.quiet = {milliseconds(20), milliseconds(500), milliseconds(2'000)};
    holder_ = std::make_unique<RulesHolder>();
    reloader_ = std::make_unique<Reloader>(options, *holder_);
    reloader_->start();
    auto started = Server::start({.listen = "127.0.0.1:0", .limits = limits, .reloader = reloader_.get()}, *holder_);
    ASSERT_TRUE(std::holds_alternative<std::unique_ptr<Server>>(started));
    server_ = std::move(std::get<std::unique_ptr<Server>>(started));
    const auto channel = grpc::CreateChannel(server_->address(), grpc::InsecureChannelCredentials());
    rules_ = v1::RuleService::NewStub(channel);
    annotation_ = v1::AnnotationService::NewStub(channel);
  }

  void stop() {
    server_.reset();
    reloader_.reset();
  }

  v1::RulesetStatus status() {
    grpc::ClientContext context;
    v1::GetRulesetStatusResponse response;
    EXPECT_TRUE(rules_->GetRulesetStatus(&context, {}, &response).ok());
    return response.status();
  }

  // The status once `wanted` holds; the latest after 20 s.
  v1::RulesetStatus status_when(const std::function<bool(const v1::RulesetStatus&)>& wanted) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    for (;;) {
      v1::RulesetStatus now = status();
      if (wanted(now) || std::chrono::steady_clock::now() > until) return now;
      std::this_thread::sleep_for(milliseconds(5));
    }
  }

  grpc::Status reload(v1::ReloadRulesResponse* response = nullptr, const std::string& expected = {},
                      bool validate_only = false) {
    grpc::ClientContext context;
    v1::ReloadRulesRequest request;
    request.set_expected_active_digest(expected);
    request.set_validate_only(validate_only);
    v1::ReloadRulesResponse ignored;
    return rules_->ReloadRules(&context, request, response == nullptr ? &ignored : response);
  }

  grpc::Status roll_back(const std::string& digest = {}, const std::string& expected = {},
                         v1::RollbackRulesResponse* response = nullptr) {
    grpc::ClientContext context;
    v1::RollbackRulesRequest request;
    request.set_digest(digest);
    request.set_expected_active_digest(expected);
    v1::RollbackRulesResponse ignored;
    return rules_->RollbackRules(&context, request, response == nullptr ? &ignored : response);
  }

  grpc::Status check(const v1::CheckRulesRequest& request, v1::CheckRulesResponse& response) {
    grpc::ClientContext context;
    return rules_->CheckRules(&context, request, &response);
  }

  // How many events the active rules find in a text.
  int events_in(const std::string& text) {
    grpc::ClientContext context;
    v1::AnnotateRequest request;
    request.mutable_document()->set_text(text);
    v1::AnnotateResponse response;
    EXPECT_TRUE(annotation_->Annotate(&context, request, &response).ok());
    return response.labels_size();
  }

  support::TemporaryFolder folder_;
  std::unique_ptr<RulesHolder> holder_;
  std::unique_ptr<Reloader> reloader_;
  std::unique_ptr<Server> server_;
  std::unique_ptr<v1::RuleService::Stub> rules_;
  std::unique_ptr<v1::AnnotationService::Stub> annotation_;
};

TEST_F(RuleServiceTest, TellsWhatIsActiveSinceWhen) {
  start();
  const v1::RulesetStatus now = status();
  EXPECT_EQ(now.state(), v1::RULESET_STATE_ACTIVE);
  EXPECT_EQ(now.active().generation(), 1u);
  EXPECT_EQ(now.active().digest().size(), 64u);
  EXPECT_GT(now.active_since().seconds(), 0);
  EXPECT_TRUE(now.last_attempt().succeeded());
  EXPECT_EQ(now.last_attempt().digest(), now.active().digest());
  EXPECT_EQ(now.last_attempt().tests().run(), 1u);
  EXPECT_THAT(now.earlier(), IsEmpty());
}

TEST_F(RuleServiceTest, FollowsAChangeOfTheFolder) {
  start(true);
  EXPECT_EQ(events_in("Pesta gunung dibuka."), 0);
  write("pesta gunung");
  const auto now = status_when([](const auto& s) { return s.active().generation() == 2; });
  EXPECT_EQ(now.state(), v1::RULESET_STATE_ACTIVE);
  EXPECT_EQ(events_in("Pesta gunung dibuka."), 1);
  EXPECT_EQ(now.earlier_size(), 1);
}

TEST_F(RuleServiceTest, KeepsTheLastGoodRulesWhileTheFoldersAreBroken) {
  start(true);
  const std::string good = status().active().digest();
  write("pesta laut]");
  auto now = status_when([](const auto& s) { return s.state() == v1::RULESET_STATE_LAST_GOOD; });
  EXPECT_EQ(now.state(), v1::RULESET_STATE_LAST_GOOD);
  EXPECT_EQ(now.active().digest(), good);
  ASSERT_GE(now.last_attempt().diagnostics_size(), 1);
  const v1::Diagnostic& mistake = now.last_attempt().diagnostics(0);
  EXPECT_EQ(mistake.location().path(), "t/rules.yaml");
  EXPECT_EQ(mistake.location().line(), 4u);
  EXPECT_THAT(mistake.source_line(), HasSubstr("pesta laut]"));
  EXPECT_EQ(events_in("Pesta laut dibuka."), 1);
  EXPECT_THAT(server_->metrics(), HasSubstr("\nkutip_serving 1\n"));
  EXPECT_THAT(server_->metrics(), HasSubstr("\nkutip_ruleset_from_folder 0\n"));

  write("pesta gunung");
  now = status_when([](const auto& s) { return s.state() == v1::RULESET_STATE_ACTIVE; });
  EXPECT_EQ(now.active().generation(), 2u);
  EXPECT_EQ(events_in("Pesta gunung dibuka."), 1);
  EXPECT_THAT(server_->metrics(), HasSubstr("\nkutip_ruleset_from_folder 1\n"));
}

TEST_F(RuleServiceTest, KeepsTheLastGoodRulesWhileTheFolderIsAway) {
  start(true);
  std::filesystem::rename(folder_ / "rules", folder_ / "away");
  auto now = status_when([](const auto& s) { return !s.last_attempt().folder_error().empty(); });
  EXPECT_EQ(now.state(), v1::RULESET_STATE_LAST_GOOD);
  EXPECT_THAT(now.last_attempt().folder_error(), HasSubstr("rules"));
  std::filesystem::rename(folder_ / "away", folder_ / "rules");
  now = status_when([](const auto& s) { return s.state() == v1::RULESET_STATE_ACTIVE; });
  EXPECT_EQ(now.state(), v1::RULESET_STATE_ACTIVE);
  EXPECT_EQ(now.active().generation(), 1u) << "the same rules are not activated anew";
}

TEST_F(RuleServiceTest, ReloadsWhenAsked) {
  start();
  v1::ReloadRulesResponse response;
  ASSERT_TRUE(reload(&response).ok());
  EXPECT_FALSE(response.changed());
  EXPECT_EQ(response.active().generation(), 1u);
  write("pesta gunung");
  ASSERT_TRUE(reload(&response).ok());
  EXPECT_TRUE(response.changed());
  EXPECT_EQ(response.active().generation(), 2u);
  EXPECT_EQ(response.attempt().digest(), response.active().digest());
}

TEST_F(RuleServiceTest, ValidatesWithoutActivating) {
  start();
  const std::string before = status().active().digest();
  write("pesta gunung");
  v1::ReloadRulesResponse response;
  ASSERT_TRUE(reload(&response, "", true).ok());
  EXPECT_TRUE(response.changed());
  EXPECT_TRUE(response.attempt().succeeded());
  EXPECT_EQ(response.active().digest(), before);
  EXPECT_NE(response.attempt().digest(), before);
  EXPECT_EQ(status().active().digest(), before);
}

TEST_F(RuleServiceTest, RefusesBrokenRulesWithTheirPlaces) {
  start();
  write("pesta laut]");
  const grpc::Status refused = reload();
  EXPECT_EQ(refused.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(details_of(refused).reason, "RULESET_INVALID");
  const auto mistakes = mistakes_of(refused);
  EXPECT_GE(mistakes.total(), 1u);
  ASSERT_GE(mistakes.diagnostics_size(), 1);
  EXPECT_EQ(mistakes.diagnostics(0).location().line(), 4u);
  EXPECT_EQ(status().state(), v1::RULESET_STATE_LAST_GOOD);
}

TEST_F(RuleServiceTest, AnErrorWithManyMistakesStaysSmall) {
  start();
  std::string rules = "schema: kutip.rules/v1\nplugin: t\nrules:\n";
  for (int i = 0; i < 2'000; ++i) rules += "  - {id: a" + std::to_string(i) + ", phase: nowhere}\n";
  folder_.write("rules/t/rules.yaml", rules);
  const grpc::Status refused = reload();
  EXPECT_EQ(refused.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_LT(refused.error_details().size(), 6'000u);
  const auto mistakes = mistakes_of(refused);
  EXPECT_GT(mistakes.total(), static_cast<unsigned>(mistakes.diagnostics_size()));
  EXPECT_GT(status().last_attempt().diagnostics_size(), mistakes.diagnostics_size());
}

TEST_F(RuleServiceTest, ATestBesideARuleIsAGate) {
  start();
  write("pesta laut", "pesta gunung");
  const grpc::Status refused = reload();
  EXPECT_EQ(refused.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(mistakes_of(refused).tests().failures(0).rule().rule_id(), "event.known");
  const auto tests = status().last_attempt().tests();
  EXPECT_EQ(tests.failed(), 1u);
  EXPECT_THAT(tests.failures(0).message(), HasSubstr("pesta gunung"));
  EXPECT_EQ(tests.failures(0).location().path(), "t/rules.yaml");
}

TEST_F(RuleServiceTest, ReloadsOnlyIfTheExpectedRulesAreActive) {
  start();
  const std::string first = status().active().digest();
  write("pesta gunung");
  EXPECT_TRUE(reload(nullptr, first).ok());
  write("pesta sungai");
  const grpc::Status late = reload(nullptr, first);
  EXPECT_EQ(late.error_code(), grpc::StatusCode::ABORTED);
  EXPECT_EQ(details_of(late).reason, "RULESET_CHANGED");
  EXPECT_EQ(status().active().generation(), 2u);
}

TEST_F(RuleServiceTest, OfTwoWhoExpectTheSameRulesOneWins) {
  start();
  const std::string first = status().active().digest();
  write("pesta gunung");
  std::vector<grpc::StatusCode> codes(4);
  std::vector<std::thread> callers;
  for (auto& code : codes) callers.emplace_back([&] { code = reload(nullptr, first).error_code(); });
  for (auto& caller : callers) caller.join();
  EXPECT_EQ(std::count(codes.begin(), codes.end(), grpc::StatusCode::OK), 1);
  EXPECT_EQ(std::count(codes.begin(), codes.end(), grpc::StatusCode::ABORTED), 3);
}

TEST_F(RuleServiceTest, RollsBackAndReloadsAgain) {
  start();
  const std::string first = status().active().digest();
  EXPECT_EQ(details_of(roll_back()).reason, "RULESET_UNKNOWN");
  write("pesta gunung");
  ASSERT_TRUE(reload().ok());
  const std::string second = status().active().digest();
  EXPECT_EQ(roll_back("", first).error_code(), grpc::StatusCode::ABORTED);

  v1::RollbackRulesResponse response;
  ASSERT_TRUE(roll_back("", second, &response).ok());
  EXPECT_EQ(response.active().digest(), first);
  EXPECT_EQ(response.active().generation(), 3u);
  EXPECT_EQ(response.replaced().digest(), second);
  EXPECT_EQ(status().state(), v1::RULESET_STATE_ROLLED_BACK);
  EXPECT_EQ(events_in("Pesta laut dibuka."), 1);

  ASSERT_TRUE(reload().ok());
  EXPECT_EQ(status().state(), v1::RULESET_STATE_ACTIVE);
  EXPECT_EQ(status().active().digest(), second);
  EXPECT_EQ(roll_back("00").error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_TRUE(roll_back(first).ok());
}

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

TEST_F(RuleServiceTest, BrokenRulesAtTheStartAreNotReadyUntilTheyAreMended) {
  write("pesta laut]");
  start(true);
  EXPECT_EQ(status().state(), v1::RULESET_STATE_NOT_LOADED);
  EXPECT_GE(status().last_attempt().diagnostics_size(), 1);
  EXPECT_FALSE(status().has_active());
  write("pesta laut");
  const auto now = status_when([](const auto& s) { return s.has_active(); });
  EXPECT_EQ(now.state(), v1::RULESET_STATE_ACTIVE);
  EXPECT_EQ(events_in("Pesta laut dibuka."), 1);
}

TEST_F(RuleServiceTest, ARestartWithBrokenRulesServesTheLastGoodOnes) {
  start();
  const std::string first = status().active().digest();
  write("pesta gunung");
  ASSERT_TRUE(reload().ok());
  const std::string second = status().active().digest();
  stop();
  write("pesta laut]");
  start();
  const v1::RulesetStatus now = status();
  EXPECT_EQ(now.state(), v1::RULESET_STATE_LAST_GOOD);
  EXPECT_EQ(now.active().digest(), second);
  EXPECT_FALSE(now.last_attempt().succeeded());
  EXPECT_EQ(events_in("Pesta gunung dibuka."), 1);
  ASSERT_EQ(now.earlier_size(), 1);
  EXPECT_EQ(now.earlier(0).digest(), first);
  EXPECT_TRUE(roll_back().ok());
  EXPECT_EQ(events_in("Pesta laut dibuka."), 1);
}

TEST_F(RuleServiceTest, AStateFolderThatCannotBeWrittenIsTold) {
  folder_.write("state", "a file where the folder should be");
  start();
  EXPECT_EQ(status().state(), v1::RULESET_STATE_ACTIVE);
  EXPECT_THAT(status().state_folder_error(), HasSubstr("state"));
  std::filesystem::remove(folder_ / "state");
  const auto now = status_when([](const auto& s) { return s.state_folder_error().empty(); });
  EXPECT_EQ(now.state_folder_error(), "");
}

TEST_F(RuleServiceTest, IsNotThereOnAnAddressThatOthersReach) {
  RulesHolder holder;
  const auto started = Server::start({.listen = "0.0.0.0:0", .limits = {}}, holder);
  ASSERT_TRUE(std::holds_alternative<std::unique_ptr<Server>>(started));
  const std::string& address = std::get<0>(started)->address();
  const auto channel =
      grpc::CreateChannel("127.0.0.1" + address.substr(address.rfind(':')), grpc::InsecureChannelCredentials());
  grpc::ClientContext context;
  v1::GetRulesetStatusResponse response;
  EXPECT_EQ(v1::RuleService::NewStub(channel)->GetRulesetStatus(&context, {}, &response).error_code(),
            grpc::StatusCode::UNIMPLEMENTED);
}

}  // namespace
}  // namespace kutip::service
