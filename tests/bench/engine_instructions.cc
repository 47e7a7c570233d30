// Annotates generated articles, request bytes to response bytes, and nothing else, so that callgrind can count what an
// article costs, and perf where the time goes:
//
//   valgrind --tool=callgrind --toggle-collect='kutip::bench::measured*'
//   build/release/tests/bench/kutip_engine_instructions perf record build/release/tests/bench/kutip_engine_instructions
//   50
//
// The argument is how many rounds over the articles are made; KUTIP_BENCH_GAZETTEER sets the size of the gazetteer.
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "bench/engine.h"

namespace kutip::bench {

void annotate_all(Engine& engine, std::size_t texts) {
  for (std::size_t i = 0; i < texts; ++i) engine.next();
}

// What is counted: a function of its own, so that a tool finds it by name.
__attribute__((noinline)) void measured(Engine& engine, std::size_t texts) {
  annotate_all(engine, texts);
}

}  // namespace kutip::bench

int main(int argc, char** argv) {
  using namespace kutip::bench;
  const std::size_t rounds = argc > 1 ? static_cast<std::size_t>(std::atoi(argv[1])) : 1;
  const char* gazetteer = std::getenv("KUTIP_BENCH_GAZETTEER");
  const std::size_t texts = std::min<std::size_t>(articles().size(), 200);
  Engine engine({gazetteer == nullptr ? 0 : static_cast<std::size_t>(std::atoi(gazetteer)), 0},
                {articles().begin(), articles().begin() + static_cast<std::ptrdiff_t>(texts)});
  annotate_all(engine, texts);  // what later calls reuse
  const auto begin = std::chrono::steady_clock::now();
  measured(engine, rounds * texts);
  const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - begin;
  std::printf("%zu texts, %.1f us each, %.1f entities each\n", rounds * texts,
              took.count() / static_cast<double>(rounds * texts), engine.entities_per_text());
}
