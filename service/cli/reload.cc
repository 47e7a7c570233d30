#include <cstdio>
#include <memory>
#include <string>

#include "service/cli/command.h"
#include "service/cli/rule_client.h"
#include "service/cli/ruleset_text.h"
#include "service/errors.h"

namespace kutip::cli {
namespace {

struct Flags {
  std::string server = "127.0.0.1:50061";
  std::string expected;
  std::string digest;  // of rollback
  bool validate_only = false;
};

void print(const std::string& text, std::FILE* to) {
  std::fwrite(text.data(), 1, text.size(), to);
}

// Tells the error with the mistakes in the rules, if it is about them.
int fail(const google::rpc::Status& status) {
  v1::RulesetDiagnostics mistakes;
  bool of_rules = false;
  for (const auto& detail : status.details()) of_rules |= detail.UnpackTo(&mistakes);
  for (const v1::Diagnostic& diagnostic : mistakes.diagnostics()) print(text_of(diagnostic), stdout);
  print(text_of(mistakes.tests()), stdout);
  std::fprintf(stderr, "kutip: %s\n", status.message().c_str());
  return of_rules ? kExitFindings : kExitFailure;
}

int reload(const Flags& flags) {
  RuleClient client(flags.server);
  v1::ReloadRulesRequest request;
  request.set_validate_only(flags.validate_only);
  request.set_expected_active_digest(flags.expected);
  v1::ReloadRulesResponse response;
  if (const auto status = client.reload(request, response); !service::is_ok(status)) return fail(status);
  for (const v1::Diagnostic& warning : response.attempt().diagnostics()) print(text_of(warning), stdout);
  const char* what = flags.validate_only ? (response.changed() ? "would be activated" : "is active already")
                                         : (response.changed() ? "is active now" : "is active as before");
  std::printf("%s %s; %u tests beside rules passed\n", response.attempt().digest().c_str(), what,
              response.attempt().tests().run());
  return 0;
}

int roll_back(const Flags& flags) {
  RuleClient client(flags.server);
  v1::RollbackRulesRequest request;
  request.set_digest(flags.digest);
  request.set_expected_active_digest(flags.expected);
  v1::RollbackRulesResponse response;
  if (const auto status = client.roll_back(request, response); !service::is_ok(status)) return fail(status);
  std::printf("%s is active now\n%s was before\n", response.active().digest().c_str(),
              response.replaced().digest().c_str());
  return 0;
}

void add_server_options(CLI::App& command, Flags& flags) {
  command.add_option("--server", flags.server, "The server: HOST:PORT or unix:PATH")
      ->type_name("ADDR")
      ->capture_default_str();
  command.add_option("--expect", flags.expected, "Only if this ruleset is active")->type_name("DIGEST");
}

}  // namespace

void add_reload(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("reload", "Let a running server load its rules folder now");
  auto flags = std::make_shared<Flags>();
  add_server_options(*command, *flags);
  command->add_flag("--validate-only", flags->validate_only, "Check everything, activate nothing");
  command->callback([flags, &exit_code] { exit_code = reload(*flags); });
}

void add_rollback(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("rollback", "Let a running server answer with earlier rules again");
  auto flags = std::make_shared<Flags>();
  add_server_options(*command, *flags);
  command->add_option("digest", flags->digest, "Which, as `kutip status` lists them [those before the active ones]")
      ->type_name("DIGEST");
  command->callback([flags, &exit_code] { exit_code = roll_back(*flags); });
}

}  // namespace kutip::cli
