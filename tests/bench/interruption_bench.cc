// How soon a server lets go of a long text whose caller cancels the call, or whose deadline passes.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "bench/interrupted_calls.h"
#include "bench/paired.h"
#include "bench/peers.h"
#include "kutip/v1/annotation_service.pb.h"

namespace kutip::bench {
namespace {

// A request of a megabyte, and the largest that a server takes by default.
std::string long_request(const std::string& piece) {
  v1::AnnotateRequest request;
  std::string& text = *request.mutable_document()->mutable_utf8();
  while (text.size() + piece.size() <= (1 << 20)) text += piece;
  request.mutable_document()->set_language_code("id");
  return request.SerializeAsString();
}

std::string all_articles() {
  std::string all;
  for (const std::string& bytes : peers().all.requests) {
    v1::AnnotateRequest request;
    if (!request.ParseFromString(bytes)) std::abort();
    if (all.size() + request.document().utf8().size() + 2 <= (1 << 20)) all += request.document().utf8() + "\n\n";
  }
  return all;
}

// Calls with a text of a megabyte, ended at moments all over their length: milliseconds until the server had a free
// worker and answered another call.
void interrupted(benchmark::State& state, Interrupt how, const std::string& piece) {
  InterruptedCalls calls(peers().kutip(), long_request(piece.empty() ? all_articles() : piece),
                         peers().all.requests.front());
  calls.uninterrupted();  // warm-up
  const auto whole = calls.uninterrupted();
  std::vector<double> milliseconds;
  constexpr int kMoments = 100;
  for (auto _ : state)
    for (int i = 0; i < kMoments; ++i)
      milliseconds.push_back(calls.until_free(how, whole * (i + 0.5) / kMoments).count() * 1000);
  state.counters["whole_ms"] = whole.count() * 1000;
  state.counters["p50_ms"] = quantile(milliseconds, 0.5);
  state.counters["p99_ms"] = quantile(milliseconds, 0.99);
  state.counters["max_ms"] = quantile(milliseconds, 1);
}

}  // namespace

void register_interrupted_calls() {
  const std::pair<const char*, const char*> texts[] = {
      {"articles", ""}, {"quotation_marks", "\""}, {"one_word", "a"}, {"capitals", "Ab Cd "}, {"stops", "A. "}};
  for (const auto& [name, piece] : texts)
    for (const auto& [how, word] : {std::pair(Interrupt::kCancel, "cancelled/"), {Interrupt::kDeadline, "deadline/"}})
      benchmark::RegisterBenchmark((std::string(word) + name).c_str(), interrupted, how, piece)
          ->Iterations(1)
          ->Unit(benchmark::kMillisecond);
}

}  // namespace kutip::bench
