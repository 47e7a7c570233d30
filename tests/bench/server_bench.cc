// The server with all shipped rules and a gazetteer of 100,000 entries beside a server that echoes the same messages.
// Both run at once, each in a process of its own on one core; the client, on the other core, calls them in alternating
// slices. `ratio` is that of texts a second, unless said otherwise.
//
//   build/release/tests/bench/kutip_server_bench                                      (all)
//   build/release/tests/bench/kutip_server_bench --benchmark_filter=unary_beside_echo (batch_, stream_: likewise)
//   build/release/tests/bench/kutip_server_bench --benchmark_filter=batch_beside_unary
//   build/release/tests/bench/kutip_server_bench --benchmark_filter=overload
//   build/release/tests/bench/kutip_server_bench '--benchmark_filter=cancelled|deadline'
#include <benchmark/benchmark.h>

#include <chrono>
#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

#include "bench/interrupted_calls.h"
#include "bench/load_client.h"
#include "bench/paired.h"
#include "bench/peers.h"
#include "bench/stream_client.h"
#include "kutip/v1/annotation_service.pb.h"

namespace kutip::bench {
namespace {

constexpr auto kSlice = std::chrono::milliseconds(350);
constexpr int kPairs = 9;

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

// What a caller gains who sends 64 texts in one message: the same server by both calls, texts a second. As many texts
// are under way in calls of one as make one batch.
void batch_beside_unary(benchmark::State& state) {
  const auto requests = batches(peers().all.requests);
  LoadClient batch(peers().kutip(), "BatchAnnotate", requests),
      unary(peers().kutip(), "Annotate", peers().all.requests);
  const auto in_flight = static_cast<int>(state.range(0));
  compare_servers(
      state, [&] { return kBatch * batch.calls_per_second(in_flight, 2 * kSlice); },
      [&] { return unary.calls_per_second(kBatch * in_flight, 2 * kSlice); });
}

void in_flight_one_to_many(benchmark::internal::Benchmark* bench) {
  bench->ArgName("in_flight")->Arg(1)->Arg(8)->Arg(64)->Iterations(kPairs)->Unit(benchmark::kMillisecond);
}

BENCHMARK(unary_beside_echo)->Apply(in_flight_one_to_many);
BENCHMARK(batch_beside_echo)->Apply(in_flight_one_to_many);
BENCHMARK(stream_beside_echo)->Apply(in_flight_one_to_many);

BENCHMARK(batch_beside_unary)->ArgName("in_flight")->Arg(1)->Iterations(kPairs)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace kutip::bench

int main(int count, char** arguments) {
  benchmark::Initialize(&count, arguments);
  if (benchmark::ReportUnrecognizedArguments(count, arguments)) return 1;
  kutip::bench::register_interrupted_calls();
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
