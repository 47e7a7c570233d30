// `kutip serve` with rules that change, and the commands that ask about them: status, reload, rollback.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "run_program.h"
#include "support/event_plugin.h"
#include "support/temporary_folder.h"

namespace kutip::cli {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class ServeRules : public testing::Test {
 protected:
  ServeRules() { write("pesta laut"); }

  void write(const std::string& word) {
    for (const auto& [path, content] : support::event_plugin(word, word)) folder_.write("rules/" + path, content);
  }

  std::string address() const { return "unix:" + (folder_ / "kutip.sock").string(); }
  std::vector<std::string> serve(std::vector<std::string> more = {}) const {
    std::vector<std::string> arguments = {"serve",   "--rules",     (folder_ / "rules").string(), "--listen",
                                          address(), "--state-dir", (folder_ / "state").string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
  }
  Outcome ask(std::vector<std::string> arguments) const {
    arguments.insert(arguments.end(), {"--server", address()});
    return run(arguments);
  }
  // The first status whose text holds `wanted`; the last one after 20 s.
  Outcome status_with(const std::string& wanted) const {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    for (;;) {
      Outcome now = ask({"status"});
      if (now.out.find(wanted) != std::string::npos || std::chrono::steady_clock::now() > until) return now;
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  }
  // The server's rules are kept after they answer, not before. False if they are not after 20 s.
  bool rules_are_kept() const {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!std::filesystem::exists(folder_ / "state/history")) {
      if (std::chrono::steady_clock::now() > until) return false;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return true;
  }

  support::TemporaryFolder folder_;
};

TEST_F(ServeRules, TellsWhatOverlaysChange) {
  folder_.write("rules/desk/overlay.yaml",
                "schema: kutip.overlay/v1\nbase: {plugin: t, version: \">=1 <2\"}\nchanges:\n"
                "  - rule: event.known\n    replace: {priority: 45}\n    reason: Weighed by the sports desk.\n"
                "    expires: \"2099-12-31\"\n"
                "  - {lexicon: event, add: [pesta bukit], reason: A new one.}\n");
  Program server(serve());
  ASSERT_NE(server.wait_for_line("listening on "), "");
  const std::string status = ask({"status"}).out;
  EXPECT_THAT(status,
              HasSubstr("overlay        t/event.known: other priority\n"
                        "               desk/overlay.yaml:4:5  Weighed by the sports desk. (until 2099-12-31)\n"));
  EXPECT_THAT(status, HasSubstr("t/event: other entries\n               desk/overlay.yaml:8:5  A new one.\n"));
}

TEST_F(ServeRules, TellsTheStatus) {
  Program server(serve());
  ASSERT_NE(server.wait_for_line("listening on "), "");
  const Outcome status = ask({"status"});
  EXPECT_EQ(status.exit_code, 0) << status.err;
  EXPECT_THAT(status.out, StartsWith("active:"));
  EXPECT_THAT(status.out, HasSubstr("generation     1"));
  const auto json = nlohmann::json::parse(ask({"status", "--format", "json"}).out);
  EXPECT_EQ(json["state"], "RULESET_STATE_ACTIVE");
}

TEST_F(ServeRules, ShowsTheMistakeWithItsPlaceAndTheLastGoodRulesAnswer) {
  Program server(serve());
  ASSERT_NE(server.wait_for_line("listening on "), "");
  write("pesta laut]");
  Outcome status = status_with("last good");
  EXPECT_EQ(status.exit_code, 1);
  EXPECT_THAT(status.out, HasSubstr("  --> t/rules.yaml:4:"));
  EXPECT_THAT(status.out, HasSubstr("4 |   event: {words: [pesta laut]]}"));
  const Outcome reload = ask({"reload"});
  EXPECT_EQ(reload.exit_code, 1);
  EXPECT_THAT(reload.out, HasSubstr("  --> t/rules.yaml:4:"));
  EXPECT_NE(server.wait_for_line("t/rules.yaml:4:"), "") << "the log tells it, too";
  write("pesta gunung");
  status = status_with("generation     2");
  EXPECT_EQ(status.exit_code, 0);
}

TEST_F(ServeRules, ReloadsAndRollsBackWhenAsked) {
  Program server(serve({"--watch-rules", "no"}));
  ASSERT_NE(server.wait_for_line("listening on "), "");
  EXPECT_THAT(ask({"reload"}).out, HasSubstr("is active as before; 1 tests"));
  write("pesta gunung");
  EXPECT_THAT(ask({"reload", "--validate-only"}).out, HasSubstr("would be activated"));
  EXPECT_THAT(ask({"status"}).out, HasSubstr("generation     1"));
  EXPECT_THAT(ask({"reload"}).out, HasSubstr("is active now"));
  const Outcome refused = ask({"reload", "--expect", "0000"});
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_THAT(refused.err, HasSubstr("Another ruleset is active"));
  const Outcome rollback = ask({"rollback"});
  EXPECT_EQ(rollback.exit_code, 0) << rollback.err;
  EXPECT_THAT(ask({"status"}).out, StartsWith("rolled back:"));
  EXPECT_EQ(ask({"rollback", "0000"}).exit_code, 2);
}

TEST_F(ServeRules, LoadsTheRulesAgainOnSighup) {
  Program server(serve({"--watch-rules", "no"}));
  ASSERT_NE(server.wait_for_line("listening on "), "");
  write("pesta gunung");
  server.send_signal(SIGHUP);
  EXPECT_EQ(status_with("generation     2").exit_code, 0);
}

TEST_F(ServeRules, BrokenRulesAtTheStartAreNotReady) {
  write("pesta laut]");
  Program server(serve());
  ASSERT_NE(server.wait_for_line("listening on "), "");
  const Outcome status = ask({"status"});
  EXPECT_EQ(status.exit_code, 1);
  EXPECT_THAT(status.out, StartsWith("not ready:"));
  EXPECT_THAT(status.out, HasSubstr("t/rules.yaml:4:"));
  const Outcome annotate = run({"annotate", "--server", address()}, "Pesta laut dibuka.");
  EXPECT_EQ(annotate.exit_code, 2);
  EXPECT_THAT(annotate.err, HasSubstr("no rules yet"));
  write("pesta laut");
  EXPECT_EQ(status_with("generation     1").exit_code, 0);
  server.send_signal(SIGTERM);
  EXPECT_EQ(server.wait().exit_code, 0);
}

TEST_F(ServeRules, AKilledServerComesBackWithItsLastGoodRules) {
  {
    Program server(serve());
    ASSERT_NE(server.wait_for_line("listening on "), "");
    ASSERT_TRUE(rules_are_kept());
    server.send_signal(SIGKILL);
    server.wait();
  }
  write("pesta laut]");
  Program server(serve());
  ASSERT_NE(server.wait_for_line("listening on "), "");
  EXPECT_THAT(ask({"status"}).out, StartsWith("last good:"));
  EXPECT_THAT(run({"annotate", "--server", address()}, "Pesta laut dibuka.").out, HasSubstr("EVENT"));
}

TEST(RuleCommands, SayThatNoServerAnswers) {
  const support::TemporaryFolder folder;
  const std::string address = "unix:" + (folder / "none.sock").string();
  const Outcome outcome = run({"status", "--server", address});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("no server answers at unix:"));
}

}  // namespace
}  // namespace kutip::cli
