#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <memory>
#include <string>
#include <thread>
#include <variant>

#include "service/active_rules.h"
#include "service/cli/command.h"
#include "service/cli/rules.h"
#include "service/server.h"

namespace kutip::cli {
namespace {

// What the calls under way get on SIGTERM, and what the whole end may take.
constexpr std::chrono::seconds kGrace{5};
constexpr std::chrono::seconds kEndAtLast{7};

struct Flags {
  service::ServerOptions server;
  std::string rules;
};

std::shared_ptr<spdlog::logger> make_log() {
  auto log = std::make_shared<spdlog::logger>("kutip", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  log->set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %l %v");
  log->flush_on(spdlog::level::info);
  return log;
}

// Blocks the signals that end the server, for this thread and all that it starts, and returns them.
sigset_t block_end_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

// gRPC waits for handlers that do not end; the process does not.
void exit_at_last() {
  std::thread([] {
    std::this_thread::sleep_for(kEndAtLast);
    std::_Exit(0);
  }).detach();
}

int serve(const Flags& flags) {
  const auto log = make_log();
  const sigset_t end_signals = block_end_signals();
  const auto folder = find_rules_folder(flags.rules);
  auto rules = load_rules_or_complain(folder);
  if (rules == nullptr) return kExitFailure;

  service::RulesHolder holder;
  const auto active = holder.activate(std::move(rules));
  auto started = service::Server::start(flags.server, holder);
  if (const auto* error = std::get_if<service::StartError>(&started)) {
    std::fprintf(stderr, "kutip: %s\n", error->message.c_str());
    return kExitFailure;
  }
  auto& server = std::get<std::unique_ptr<service::Server>>(started);
  for (const tagging::PluginInfo& plugin : active->rules->plugins())
    log->info("plugin {} {}: {} rules, {} lexicon entries", plugin.name, plugin.version, plugin.rule_count,
              plugin.lexicon_entry_count);
  log->info("ruleset {} from {}", active->rules->digest(), folder.string());
  log->info("listening on {}", server->address());

  int signal = 0;
  sigwait(&end_signals, &signal);
  log->info("{}: taking no new calls, ending those under way", signal == SIGTERM ? "SIGTERM" : "SIGINT");
  exit_at_last();
  server->drain(kGrace);
  log->info("stopped");
  return 0;
}

}  // namespace

void add_serve(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("serve", "Serve kutip.v1 over gRPC");
  auto flags = std::make_shared<Flags>();
  command->add_option("--listen", flags->server.listen, "Address: HOST:PORT or unix:PATH")
      ->type_name("ADDR")
      ->capture_default_str();
  command->add_option("--rules", flags->rules, "Rules folder [$KUTIP_RULES, ./rules]")->type_name("DIR");
  command->callback([flags, &exit_code] { exit_code = serve(*flags); });
}

}  // namespace kutip::cli
