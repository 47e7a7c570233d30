#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "google/rpc/code.pb.h"
#include "service/listen/accept_loop.h"
#include "service/work/worker_pool.h"

namespace kutip::v1 {
class AnnotateResponse;
}

namespace kutip::operation {

// Methods with figures of their own.
enum class Method : std::uint8_t { kAnnotate, kBatchAnnotate, kAnnotateStream, kGetServerInfo };
inline constexpr std::size_t kMethodCount = 4;
// "kutip.v1.AnnotationService/Annotate"
std::string_view name_of(Method method);

// What became of a call.
struct CallEnd {
  Method method = Method::kAnnotate;
  google::rpc::Code code = google::rpc::OK;
  std::chrono::duration<double> took{0};
  std::size_t bytes_in = 0, bytes_out = 0;
};

// What is asked for at each collection.
struct Snapshot {
  work::PoolFigures work;
  listen::ConnectionFigures connections;
  std::string digest;  // of the active rules; empty: none
  std::uint32_t generation = 0;
  double active_since = 0;  // Unix time, in seconds
  std::size_t rules = 0, lexicon_entries = 0;
  std::uint64_t log_lines_dropped = 0;
  bool serving = false;
  bool from_folder = false;  // the active rules are those that the rules folder holds
};

// The server's figures for Prometheus. Those of calls have the names that gRPC's own convention gives them (gRFC A66).
// Thread-safe; counting costs well below a microsecond.
class Metrics {
 public:
  Metrics();
  ~Metrics();

  void call_started(Method method);
  void call_ended(const CallEnd& end);
  void call_refused(work::Refusal reason);
  // From now on also counts the texts of each rule. To be called before there are calls.
  void count_rules();
  // A text, alone or in a batch or stream; `response` is used if `code` is OK.
  void text_answered(google::rpc::Code code, std::size_t bytes, const v1::AnnotateResponse& response);

  // `take` is called at each collection, from the collecting thread.
  void set_source(std::function<Snapshot()> take);
  // All figures in Prometheus' text format.
  std::string text() const;

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
  friend class MetricsListener;
};

// Serves Metrics over HTTP at /metrics.
class MetricsListener {
 public:
  // `address` is HOST:PORT. `error` says why it cannot listen; empty: it does.
  MetricsListener(const Metrics& metrics, const std::string& address, std::string& error);
  ~MetricsListener();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kutip::operation
