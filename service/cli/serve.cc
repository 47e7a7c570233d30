#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <thread>
#include <variant>

#include "service/active_rules.h"
#include "service/cli/command.h"
#include "service/cli/rules.h"
#include "service/cli/rules_log.h"
#include "service/cli/serve_flags.h"
#include "service/operation/heap.h"
#include "service/operation/system_service.h"
#include "service/reloader.h"
#include "service/server.h"

namespace kutip::cli {
namespace {

using operation::Log;
using operation::LogLevel;

// Blocks the signals that steer the server, for this thread and all that it starts, and returns them.
sigset_t block_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&signals, signal);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  // Whoever read the log may have gone.
  std::signal(SIGPIPE, SIG_IGN);
  return signals;
}

// gRPC waits for handlers that do not end, and the log for whoever reads it; the process does not.
void exit_at_last(std::chrono::milliseconds from_now) {
  std::thread([from_now] {
    std::this_thread::sleep_for(from_now);
    std::_Exit(0);
  }).detach();
}

// Waits for a signal to end; on SIGHUP the rules are loaded again.
int wait_for_end(const sigset_t& signals, service::Reloader& reloader, Log& log) {
  for (;;) {
    int signal = 0;
    sigwait(&signals, &signal);
    if (signal != SIGHUP) return signal;
    log.write(LogLevel::kInfo, "SIGHUP: reading the rules folder again");
    reloader.reload();
  }
}

service::ReloaderOptions reloader_options(const config::Settings& settings) {
  service::ReloaderOptions options;
  options.rules.folder = find_rules_folder(settings.rules);
  options.rules.state_folder = settings.state_dir;
  options.watch = settings.watch_rules;
  options.on_freed = operation::give_back_memory;
  return options;
}

// Null, with a line on standard error, if the file cannot be used.
std::shared_ptr<const access::Tokens> read_tokens(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  auto parsed = access::Tokens::parse(text.str());
  const auto* error = std::get_if<access::Tokens::Error>(&parsed);
  const bool readable = file && !std::filesystem::is_directory(path);
  if (readable && error == nullptr)
    return std::make_shared<const access::Tokens>(std::move(std::get<access::Tokens>(parsed)));
  std::fprintf(stderr, "kutip: %s: %s\n", path.c_str(), readable ? error->message.c_str() : "cannot be read");
  return nullptr;
}

int serve(const config::Settings& settings) {
  operation::set_up_heap();
  const sigset_t signals = block_signals();
  service::ServerOptions options = settings.server;
  if (!settings.tokens.empty() && (options.tokens = read_tokens(settings.tokens)) == nullptr) return kExitFailure;
  options.log = std::make_shared<Log>(settings.log);
  Log& log = *options.log;

  service::RulesHolder holder;
  service::Reloader reloader(reloader_options(settings), holder);
  const auto logging = reloader.feed().subscribe(RulesLog(options.log));
  reloader.start();
  // A status holds its rules in memory, so none is kept here.
  if (const auto first = reloader.feed().current(); first->active == nullptr && first->last_attempt->files == nullptr) {
    // A folder that is not there is more likely a wrong setting than one that will come.
    std::fprintf(stderr, "kutip: %s\n", first->last_attempt->folder_error.c_str());
    return kExitFailure;
  }
  options.reloader = &reloader;
  auto started = service::Server::start(options, holder);
  if (const auto* error = std::get_if<service::StartError>(&started)) {
    std::fprintf(stderr, "kutip: %s\n", error->message.c_str());
    return kExitFailure;
  }
  auto& server = std::get<std::unique_ptr<service::Server>>(started);
  const auto health = reloader.feed().subscribe([&](const auto&) { server->update_health(); });
  server->update_health();
  log.write(LogLevel::kInfo, "listening on " + server->address());
  operation::tell_ready();
  const operation::Watchdog watchdog([&] { return server->answers(); });

  const int signal = wait_for_end(signals, reloader, log);
  log.write(LogLevel::kInfo,
            std::string(signal == SIGINT ? "SIGINT" : "SIGTERM") + ": taking no new calls, ending those under way");
  operation::tell_stopping();
  exit_at_last(settings.drain_delay + settings.drain_grace + std::chrono::milliseconds(500));
  server->announce_end();
  std::this_thread::sleep_for(settings.drain_delay);
  server->drain(settings.drain_grace);
  log.write(LogLevel::kInfo, "stopped");
  reloader.stop();  // before the server goes, which each new status is told to
  return 0;
}

int run(ServeFlags& flags) {
  const config::Configuration configuration = config::configure(flags.all, flags.values, flags.file);
  if (!configuration.errors.empty()) {
    std::fprintf(stderr, "kutip: wrong settings\n%s", configuration.errors.c_str());
    return kExitFailure;
  }
  if (!flags.print) return serve(flags.settings);
  std::fputs(config::show(flags.all, configuration).c_str(), stdout);
  return 0;
}

}  // namespace

void add_serve(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("serve", "Serve kutip.v1 over gRPC");
  const auto flags = add_serve_flags(*command);
  command->callback([flags, &exit_code] { exit_code = run(*flags); });
}

}  // namespace kutip::cli
