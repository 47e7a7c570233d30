// Annotate calls at a steady rate, for measure.py.
// usage: kutip_steady_calls ADDRESS TEXT_FILE CALLS_PER_SECOND
// For each line of standard input, a number of seconds, calls for so long and prints calls, failures and the quantiles
// 0.5, 0.99 and 0.999 of the latency in microseconds, counted from when a call was due: one that had to wait for
// another is late.
#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include "kutip/v1/annotation_service.grpc.pb.h"

namespace {

using Clock = std::chrono::steady_clock;
using kutip::v1::AnnotationService;

constexpr int kThreads = 4;

struct Slice {
  std::vector<double> latencies;  // microseconds
  int failed = 0;
};

void call_steadily(AnnotationService::Stub& stub, const kutip::v1::AnnotateRequest& request, Clock::time_point due,
                   Clock::time_point end, Clock::duration between, Slice& slice) {
  for (; due < end; due += between) {
    std::this_thread::sleep_until(due);
    grpc::ClientContext context;
    kutip::v1::AnnotateResponse response;
    if (!stub.Annotate(&context, request, &response).ok()) ++slice.failed;
    slice.latencies.push_back(std::chrono::duration<double, std::micro>(Clock::now() - due).count());
  }
}

double quantile(const std::vector<double>& sorted, double q) {
  return sorted.empty() ? 0 : sorted[static_cast<std::size_t>(q * static_cast<double>(sorted.size() - 1))];
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  std::ifstream file(argv[2], std::ios::binary);
  kutip::v1::AnnotateRequest request;
  request.mutable_document()->set_text(std::string(std::istreambuf_iterator<char>(file), {}));
  const auto stub = AnnotationService::NewStub(grpc::CreateChannel(argv[1], grpc::InsecureChannelCredentials()));
  const auto between = std::chrono::duration_cast<Clock::duration>(std::chrono::seconds(kThreads)) / std::atoi(argv[3]);
  for (double seconds = 0; std::cin >> seconds;) {
    std::vector<Slice> slices(kThreads);
    std::vector<std::thread> threads;
    const auto begin = Clock::now();
    const auto end = begin + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
    for (int i = 0; i < kThreads; ++i)
      threads.emplace_back([&, i] {
        call_steadily(*stub, request, begin + between * i / kThreads, end, between,
                      slices[static_cast<std::size_t>(i)]);
      });
    for (auto& thread : threads) thread.join();
    Slice all;
    for (const Slice& slice : slices) {
      all.latencies.insert(all.latencies.end(), slice.latencies.begin(), slice.latencies.end());
      all.failed += slice.failed;
    }
    std::sort(all.latencies.begin(), all.latencies.end());
    std::printf("%zu %d %.0f %.0f %.0f\n", all.latencies.size(), all.failed, quantile(all.latencies, 0.5),
                quantile(all.latencies, 0.99), quantile(all.latencies, 0.999));
    std::fflush(stdout);
  }
  return 0;
}
