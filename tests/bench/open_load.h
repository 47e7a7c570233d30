#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace kutip::bench {

struct LoadResult {
  double answered_per_second = 0;
  double p99_milliseconds = 0;  // of the calls that were answered
  std::uint64_t answered = 0, refused = 0;
  std::uint64_t refused_without_advice = 0;  // without RetryInfo, or without the trailer that gRPC clients heed
  std::uint64_t failed_otherwise = 0;
};

// Calls Annotate over several connections.
class OpenLoad {
 public:
  // `requests` are serialised AnnotateRequests, sent in turn.
  OpenLoad(const std::string& address, const std::vector<std::string>& requests)
      : address_(address), requests_(requests) {}

  // Keeps `in_flight` calls under way.
  LoadResult keep(int in_flight, std::chrono::duration<double> length) const { return run(in_flight, 0, length); }
  // Begins `calls_per_second` calls, whatever becomes of them.
  LoadResult begin(double calls_per_second, std::chrono::duration<double> length) const {
    return run(0, calls_per_second, length);
  }

 private:
  LoadResult run(int in_flight, double rate, std::chrono::duration<double> length) const;

  std::string address_;
  std::vector<std::string> requests_;
};

}  // namespace kutip::bench
