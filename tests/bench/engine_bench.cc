// The engine beside ICU's word-break iteration, and how its cost grows. Each row compares two workloads in alternating
// slices of one thread: `ratio` is what counts, MB/s are only true for this machine at this moment.
//
//   build/release/tests/bench/kutip_engine_bench                        generated articles
//   KUTIP_BENCH_ARTICLES=FILE.jsonl build/release/tests/bench/kutip_engine_bench     the "text" of each line of a file
#include <cstdio>
#include <string>
#include <vector>

#include "bench/engine.h"
#include "bench/icu_words.h"
#include "bench/paired.h"

namespace kutip::bench {
namespace {

constexpr int kPairs = 31;

Workload workload(Engine& engine) {
  return [&engine] { return engine.next(); };
}

void engine_beside_icu(benchmark::State& state) {
  Engine engine({static_cast<std::size_t>(state.range(0)), 0}, articles());
  IcuWords icu;
  std::size_t next = 0;
  compare(state, workload(engine), [&icu, &next]() -> std::uint64_t {
    const auto& text = articles()[next++ % articles().size()];
    benchmark::DoNotOptimize(icu.count(text));
    return text.size();
  });
  state.counters["entities/text"] = engine.entities_per_text();
}
BENCHMARK(engine_beside_icu)
    ->ArgName("gazetteer")
    ->Arg(0)
    ->Arg(100'000)
    ->Iterations(kPairs)
    ->Unit(benchmark::kMillisecond);

// Rows below: subject is the larger case; 1 / ratio is the growth of the time per byte.
void compare_sizes(benchmark::State& state, const RulesSize& small, const RulesSize& large) {
  Engine subject(large, articles()), reference(small, articles());
  compare(state, workload(subject), workload(reference));
  state.counters["growth"] = 1 / state.counters["ratio"];
}

void tenfold_rules(benchmark::State& state) {
  compare_sizes(state, {100'000, 1'000}, {100'000, 10'000});
}
BENCHMARK(tenfold_rules)->Iterations(kPairs)->Unit(benchmark::kMillisecond);

void tenfold_lexicon(benchmark::State& state) {
  compare_sizes(state, {10'000, 0}, {100'000, 0});
}
BENCHMARK(tenfold_lexicon)->Iterations(kPairs)->Unit(benchmark::kMillisecond);

void thousandfold_text(benchmark::State& state) {
  std::string joined;
  for (std::size_t i = 0; joined.size() < 1000 * kArticleBytes; ++i)
    joined += articles()[i % articles().size()] + "\n\n";
  Engine subject({100'000, 0}, {joined}), reference({100'000, 0}, articles());
  compare(state, workload(subject), workload(reference), std::chrono::milliseconds(250));
  state.counters["growth"] = 1 / state.counters["ratio"];
}
BENCHMARK(thousandfold_text)->Iterations(11)->Unit(benchmark::kMillisecond);

std::string repeated(std::string_view piece) {
  std::string text;
  while (text.size() < kArticleBytes) text += piece;
  return text;
}

// Articles that nobody writes, made to be dear.
std::vector<std::pair<std::string, std::string>> adversarial_texts() {
  return {{"quote marks", repeated("\"")},
          {"opened quotes", repeated("\"a ")},
          {"nested quotes", repeated("“‘a ")},
          {"cues", repeated("kata ")},
          {"cues and names", repeated("Budi mengatakan, ")},
          {"capitals", repeated("Kementerian Budi Jakarta PBB ")},
          {"all capitals", repeated("ABCD EFGH BCRIS ")},
          {"one word", std::string(kArticleBytes, 'a')},
          {"full stops", repeated("A. b. ")},
          {"commas", repeated("a,b, ")},
          {"combining marks", repeated("a\u0301\u0323")},
          {"emoji", repeated("👩‍👩‍👧‍👦")},
          {"brackets", repeated("(A) ")},
          {"quoted sentences", repeated("\"Ya.\" kata Budi. ")},
          {"short paragraphs", repeated("\"Ya\n\n")}};
}

void adversarial(benchmark::State& state) {
  const auto [name, text] = adversarial_texts()[static_cast<std::size_t>(state.range(0))];
  state.SetLabel(name);
  Engine subject({100'000, 0}, {text}), reference({100'000, 0}, articles());
  compare(state, workload(subject), workload(reference), std::chrono::milliseconds(10));
  state.counters["growth"] = 1 / state.counters["ratio"];
}
BENCHMARK(adversarial)
    ->DenseRange(0, static_cast<int>(adversarial_texts().size()) - 1)
    ->Iterations(7)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace kutip::bench

BENCHMARK_MAIN();
