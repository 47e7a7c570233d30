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
#include "bench/open_load.h"
#include "bench/paired.h"
#include "bench/stream_client.h"
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
pid_t in_child(const std::function<void()>& serve) {
  if (const pid_t child = fork(); child != 0) return child;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  pin_to_core(0);
  serve();
  for (;;) pause();
}

struct Peers {
  std::string directory;
  Messages all;
  pid_t server = 0;

  std::string kutip() const { return "unix:" + directory + "/kutip.sock"; }
  std::string echo() const { return "unix:" + directory + "/echo.sock"; }
};

const Peers& peers() {
  static const Peers running = [] {
    char name[] = "/tmp/kutip-bench-XXXXXX";
    Peers starting{mkdtemp(name), {}, 0};
    const auto articles = texts();
    static service::ActiveRules rules = load_rules({100'000, 0}, articles);
    starting.all = messages(rules, articles);
    starting.server = in_child([&] {
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

constexpr int kBatch = 64;

std::vector<std::string> batches(const std::vector<std::string>& requests) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i + kBatch <= requests.size(); i += kBatch) {
    v1::BatchAnnotateRequest batch;
    v1::AnnotateRequest request;
    for (std::size_t k = i; k < i + kBatch; ++k) {
      if (!request.ParseFromString(requests[k])) std::abort();
      *batch.add_documents() = request.document();
    }
    out.push_back(batch.SerializeAsString());
  }
  return out;
}

std::vector<std::string> stream_messages(const std::vector<std::string>& requests) {
  std::vector<std::string> out;
  for (const std::string& bytes : requests) {
    v1::AnnotateRequest request;
    if (!request.ParseFromString(bytes)) std::abort();
    v1::AnnotateStreamRequest message;
    *message.mutable_document() = request.document();
    message.set_request_id(request.document().document_id());
    out.push_back(message.SerializeAsString());
  }
  return out;
}

// One iteration of `state` is a slice of each; they give texts a second.
void compare_servers(benchmark::State& state, const std::function<double()>& kutip,
                     const std::function<double()>& echo) {
  kutip();  // warm-up
  echo();
  std::vector<double> ratios, texts;
  for (auto _ : state) {
    const double a = kutip(), b = echo();
    ratios.push_back(a / b);
    texts.push_back(a);
  }
  state.counters["ratio"] = quantile(ratios, 0.5);
  state.counters["ratio_q1"] = quantile(ratios, 0.25);
  state.counters["ratio_q3"] = quantile(ratios, 0.75);
  state.counters["texts/s"] = quantile(texts, 0.5);
}

void unary_beside_echo(benchmark::State& state) {
  LoadClient kutip(peers().kutip(), "Annotate", peers().all.requests),
      echo(peers().echo(), "Annotate", peers().all.requests);
  const auto in_flight = static_cast<int>(state.range(0));
  compare_servers(
      state, [&] { return kutip.calls_per_second(in_flight, kSlice); },
      [&] { return echo.calls_per_second(in_flight, kSlice); });
}

void batch_beside_echo(benchmark::State& state) {
  const auto requests = batches(peers().all.requests);
  LoadClient kutip(peers().kutip(), "BatchAnnotate", requests), echo(peers().echo(), "BatchAnnotate", requests);
  const auto in_flight = static_cast<int>(state.range(0));
  compare_servers(
      state, [&] { return kBatch * kutip.calls_per_second(in_flight, 2 * kSlice); },
      [&] { return kBatch * echo.calls_per_second(in_flight, 2 * kSlice); });
}

void stream_beside_echo(benchmark::State& state) {
  const auto requests = stream_messages(peers().all.requests);
  StreamClient kutip(peers().kutip(), requests), echo(peers().echo(), requests);
  const auto in_flight = static_cast<int>(state.range(0));
  compare_servers(
      state, [&] { return kutip.texts_per_second(in_flight, kSlice); },
      [&] { return echo.texts_per_second(in_flight, kSlice); });
}

double resident_megabytes(pid_t process) {
  std::ifstream pages("/proc/" + std::to_string(process) + "/statm");
  double all = 0, resident = 0;
  pages >> all >> resident;
  return resident * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1e6;
}

// Three times as many calls as the server can answer. p99_ratio: against 64 calls in flight, which it can.
void overload(benchmark::State& state) {
  const OpenLoad load(peers().kutip(), peers().all.requests);
  load.keep(64, std::chrono::seconds(3));  // warm-up
  for (auto _ : state) {
    const LoadResult calm = load.keep(64, std::chrono::seconds(15));
    const double before = resident_megabytes(peers().server);
    const LoadResult flood = load.begin(3 * calm.answered_per_second, std::chrono::seconds(state.range(0)));
    state.counters["capacity"] = calm.answered_per_second;
    state.counters["p99_ms"] = calm.p99_milliseconds;
    state.counters["p99_ms_overload"] = flood.p99_milliseconds;
    state.counters["p99_ratio"] = flood.p99_milliseconds / calm.p99_milliseconds;
    state.counters["answered/s_overload"] = flood.answered_per_second;
    state.counters["refused"] = static_cast<double>(flood.refused);
    state.counters["refused_without_advice"] = static_cast<double>(flood.refused_without_advice);
    state.counters["failed_otherwise"] = static_cast<double>(flood.failed_otherwise);
    state.counters["MB_before"] = before;
    state.counters["MB_after"] = resident_megabytes(peers().server);
  }
}
BENCHMARK(overload)->ArgName("seconds")->Arg(60)->Iterations(1)->Unit(benchmark::kSecond);

void in_flight_one_to_many(benchmark::internal::Benchmark* bench) {
  bench->ArgName("in_flight")->Arg(1)->Arg(8)->Arg(64)->Iterations(kPairs)->Unit(benchmark::kMillisecond);
}

BENCHMARK(unary_beside_echo)->Apply(in_flight_one_to_many);
BENCHMARK(batch_beside_echo)->Apply(in_flight_one_to_many);
BENCHMARK(stream_beside_echo)->Apply(in_flight_one_to_many);

}  // namespace
}  // namespace kutip::bench

BENCHMARK_MAIN();
