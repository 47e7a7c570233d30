// What becomes of answered calls when there are three times as many as the server can answer.
#include <benchmark/benchmark.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <string>

#include "bench/open_load.h"
#include "bench/peers.h"

namespace kutip::bench {
namespace {

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

}  // namespace
}  // namespace kutip::bench
