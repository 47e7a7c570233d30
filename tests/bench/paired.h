#pragma once

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <ctime>
#include <functional>
#include <string>
#include <utility>
#include <vector>

// Ratios that hold on a noisy machine: two workloads take turns of 25 ms in one thread and are compared pair by pair.
namespace kutip::bench {

// A workload: does its next piece of work and returns the bytes of text that it went through.
using Workload = std::function<std::uint64_t()>;

inline double thread_cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

// Bytes per second of CPU time over a slice.
inline double slice_speed(const Workload& work, std::chrono::duration<double> length) {
  const double begin = thread_cpu_seconds();
  std::uint64_t bytes = 0;
  double now = begin;
  do {
    bytes += work();
    now = thread_cpu_seconds();
  } while (now - begin < length.count());
  return static_cast<double>(bytes) / (now - begin);
}

inline double quantile(std::vector<double> values, double q) {
  std::sort(values.begin(), values.end());
  return values[static_cast<std::size_t>(q * static_cast<double>(values.size() - 1) + 0.5)];
}

// One iteration of `state` is one pair of slices. Reports the speed of `subject` divided by that of `reference` (median
// and quartiles over the pairs) and both speeds in MB/s (medians).
inline void compare(benchmark::State& state, const Workload& subject, const Workload& reference,
                    std::chrono::milliseconds slice = std::chrono::milliseconds(25)) {
  std::vector<double> ratios, subject_speeds, reference_speeds;
  slice_speed(subject, slice);  // warm-up
  slice_speed(reference, slice);
  bool subject_first = true;
  for (auto _ : state) {
    double a = 0, b = 0;
    if (subject_first) {
      a = slice_speed(subject, slice);
      b = slice_speed(reference, slice);
    } else {
      b = slice_speed(reference, slice);
      a = slice_speed(subject, slice);
    }
    subject_first = !subject_first;
    ratios.push_back(a / b);
    subject_speeds.push_back(a);
    reference_speeds.push_back(b);
  }
  state.counters["ratio"] = quantile(ratios, 0.5);
  state.counters["ratio_q1"] = quantile(ratios, 0.25);
  state.counters["ratio_q3"] = quantile(ratios, 0.75);
  state.counters["MB/s"] = quantile(subject_speeds, 0.5) / 1e6;
  state.counters["reference_MB/s"] = quantile(reference_speeds, 0.5) / 1e6;
}

}  // namespace kutip::bench
