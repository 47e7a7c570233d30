// The server with all shipped rules and a gazetteer of 100,000 entries beside a server that echoes the same messages.
// Both run at once, each in a process of its own on one core; the client, on the other core, calls them in alternating
// slices.
//
//   build/release/tests/bench/kutip_server_bench
#include <benchmark/benchmark.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>

#include "bench/bench_rules.h"
#include "bench/echo_server.h"
#include "bench/load_client.h"
#include "bench/paired.h"
#include "service/annotate_call.h"
#include "service/server.h"
#include "support/generated_articles.h"

namespace kutip::bench {
namespace {

constexpr auto kSlice = std::chrono::milliseconds(350);
constexpr int kPairs = 9;

struct Messages {
  std::vector<std::string> requests, responses;
};

std::vector<std::string> texts() {
  if (const char* path = std::getenv("KUTIP_BENCH_ARTICLES")) {
    std::vector<std::string> all;
    std::ifstream lines(path);
    for (std::string line; std::getline(lines, line);) all.push_back(nlohmann::json::parse(line).at("text"));
    return all;
  }
  return support::generate_articles(support::indonesian_words(KUTIP_SOURCE_DIR "/rules"), 1200, 3250, 1);
}

Messages messages(const service::ActiveRules& rules, const std::vector<std::string>& articles) {
  Messages all;
  service::CallMemory memory;
  for (std::size_t i = 0; i < articles.size(); ++i) {
    v1::AnnotateRequest request;
    v1::AnnotateResponse response;
    request.mutable_document()->set_document_id(std::to_string(i));
    request.mutable_document()->set_utf8(articles[i]);
    request.mutable_document()->set_language_code("id");
    const auto status = service::annotate(
        &rules, request, {}, [] { return google::rpc::OK; }, memory, response);
    if (status.code() != google::rpc::OK) std::abort();
    all.requests.push_back(request.SerializeAsString());
    all.responses.push_back(response.SerializeAsString());
  }
  return all;
}

void pin_to_core(int core) {
  cpu_set_t cores;
  CPU_ZERO(&cores);
  CPU_SET(static_cast<std::size_t>(core), &cores);
  sched_setaffinity(0, sizeof cores, &cores);
}

// Runs `serve` in a process of its own until this one ends. gRPC must not have been used before.
void in_child(const std::function<void()>& serve) {
  if (fork() != 0) return;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  pin_to_core(0);
  serve();
  for (;;) pause();
}

struct Peers {
  std::string directory;
  Messages all;

  std::string kutip() const { return "unix:" + directory + "/kutip.sock"; }
  std::string echo() const { return "unix:" + directory + "/echo.sock"; }
};

const Peers& peers() {
  static const Peers running = [] {
    char name[] = "/tmp/kutip-bench-XXXXXX";
    Peers starting{mkdtemp(name), {}};
    const auto articles = texts();
    static service::ActiveRules rules = load_rules({100'000, 0}, articles);
    starting.all = messages(rules, articles);
    in_child([&] {
      static service::RulesHolder holder;
      holder.activate(rules.rules);
      service::ServerOptions options;
      options.listen = starting.kutip();
      static auto server = service::Server::start(options, holder);
      if (const auto* error = std::get_if<service::StartError>(&server)) {
        std::fprintf(stderr, "%s\n", error->message.c_str());
        std::exit(2);
      }
    });
    in_child([&] { static EchoServer server(starting.echo(), starting.all.responses); });
    pin_to_core(1);
    return starting;
  }();
  return running;
}

void unary_beside_echo(benchmark::State& state) {
  LoadClient kutip(peers().kutip(), peers().all.requests), echo(peers().echo(), peers().all.requests);
  const auto in_flight = static_cast<int>(state.range(0));
  kutip.calls_per_second(in_flight, kSlice);  // warm-up
  echo.calls_per_second(in_flight, kSlice);
  std::vector<double> ratios, calls;
  for (auto _ : state) {
    const double a = kutip.calls_per_second(in_flight, kSlice);
    const double b = echo.calls_per_second(in_flight, kSlice);
    ratios.push_back(a / b);
    calls.push_back(a);
  }
  state.counters["ratio"] = quantile(ratios, 0.5);
  state.counters["ratio_q1"] = quantile(ratios, 0.25);
  state.counters["ratio_q3"] = quantile(ratios, 0.75);
  state.counters["calls/s"] = quantile(calls, 0.5);
}
BENCHMARK(unary_beside_echo)
    ->ArgName("in_flight")
    ->Arg(1)
    ->Arg(8)
    ->Arg(64)
    ->Iterations(kPairs)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace kutip::bench

BENCHMARK_MAIN();
