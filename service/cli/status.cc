#include <cstdio>
#include <memory>
#include <string>
#include <utility>

#include "service/cli/command.h"
#include "service/cli/format.h"
#include "service/cli/rule_client.h"
#include "service/cli/ruleset_text.h"
#include "service/errors.h"

namespace kutip::cli {
namespace {

struct Flags {
  std::string server = "127.0.0.1:50061";
  std::string format = "text";
  bool watch = false;
};

void print(const v1::RulesetStatus& status, const std::string& format) {
  const std::string text = format == "json" ? format_json(status) : text_of(status);
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fflush(stdout);
}

// Findings: the rules folder's rules are not those that answer.
int exit_code_of(const v1::RulesetStatus& status) {
  return status.state() == v1::RULESET_STATE_ACTIVE ? 0 : kExitFindings;
}

int show_status(const Flags& flags) {
  RuleClient client(flags.server);
  v1::RulesetStatus status;
  google::rpc::Status result;
  if (flags.watch) {
    bool first = true;
    result = client.watch([&](const v1::RulesetStatus& next) {
      if (!std::exchange(first, false) && flags.format == "text") std::puts("");
      print(next, flags.format);
    });
  } else {
    result = client.status(status);
  }
  if (!service::is_ok(result)) {
    std::fprintf(stderr, "kutip: %s\n", result.message().c_str());
    return kExitFailure;
  }
  if (flags.watch) return 0;
  print(status, flags.format);
  v1::ListPluginsResponse plugins;
  if (flags.format == "text" && service::is_ok(client.plugins(plugins)))
    std::fputs(text_of_overlays(plugins).c_str(), stdout);
  return exit_code_of(status);
}

}  // namespace

void add_status(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("status", "Tell which rules a running server answers with, and what is wrong");
  auto flags = std::make_shared<Flags>();
  command->add_option("--server", flags->server, "The server: HOST:PORT or unix:PATH")
      ->type_name("ADDR")
      ->capture_default_str();
  command->add_option("--format", flags->format, "Output")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  command->add_flag("--watch", flags->watch, "Tell it again whenever it changes, until interrupted");
  command->callback([flags, &exit_code] { exit_code = show_status(*flags); });
}

}  // namespace kutip::cli
