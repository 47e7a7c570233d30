// RuleService: which rules are active, and how they change.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "rule_service_fixture.h"

namespace kutip::service {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

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
