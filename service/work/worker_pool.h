#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "service/work/fair_queue.h"

namespace kutip::work {

struct PoolLimits {
  unsigned workers = 0;           // threads; 0: as many as the process has cores
  std::size_t queued_calls = 80;  // that wait for a worker
  std::size_t queued_bytes = 64 << 20;
  std::chrono::milliseconds queued_time{1'000};  // that the last of them is likely to wait
  std::size_t inline_bytes = 16 << 10;           // requests up to this size may run on the thread that brings them
};

enum class Refusal : std::uint8_t { kQueueFull, kClientLimit };

struct Refused {
  Refusal reason = Refusal::kQueueFull;
  std::chrono::milliseconds retry_after{0};  // when there is likely to be room
};

// What a pool does now, and has done.
struct PoolFigures {
  unsigned workers = 0;
  std::size_t queued = 0, queued_bytes = 0, running = 0, clients = 0;
  std::uint64_t run_inline = 0, run_queued = 0;
};

// Threads that do the work of calls, so that gRPC's own stay free to take and refuse them. Thread-safe.
//
// When nothing is under way, a small request runs at once on the thread that brings it: waking a worker would cost more
// than it gains. As soon as there is more to do than that, requests wait in a fair queue, and those that find it full
// are refused. A client alone may fill seven eighths of what the pool holds; several share that evenly.
class WorkerPool {
 public:
  // Throws std::system_error if the system has not so many threads.
  explicit WorkerPool(const PoolLimits& limits);
  // Does what waits, then ends. Nothing may be submitted any more.
  ~WorkerPool();

  // Takes the job of a call, or says why not.
  [[nodiscard]] std::optional<Refused> submit(const Client& client, std::size_t bytes, Job job);
  // Takes a job that counts to no limit: for streams, which limit themselves by reading no farther.
  void submit_unbounded(const Client& client, std::size_t bytes, Job job);

  // Work that several threads do together, each taking the next piece of it until none is left or go_on() is false.
  using SharedWork = std::function<void(const std::function<bool()>& go_on)>;
  // For a job under way: does `work` on the caller's thread and, at the same time, on those of the pool that have
  // nothing to do, `most` in all; these leave it when other jobs wait. Returns when nobody is at it any more; throws
  // what `work` threw.
  void run_together(const Client& client, std::size_t most, const SharedWork& work);

  PoolFigures figures() const;

 private:
  using Clock = std::chrono::steady_clock;
  struct Together;

  void end();
  void help(Together& together);
  bool someone_waits() const;
  std::optional<Refused> refusal(const Client& client, std::size_t bytes) const;
  // Until a call that came now would begin, if jobs took as long as of late.
  std::chrono::duration<double> expected_wait() const;
  std::chrono::milliseconds time_to_room() const;
  void take(std::unique_lock<std::mutex>& lock, const Client& client, std::size_t bytes, Job job);
  void run(std::unique_lock<std::mutex>& lock, const Client& client, const Job& job);
  void work();

  const PoolLimits limits_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  FairQueue queue_;                 // this and all below: under mutex_
  std::size_t helpers_queued_ = 0;  // of those in queue_, jobs that help with shared work
  std::size_t running_ = 0, idle_ = 0;
  double mean_seconds_ = 1e-4;  // of a job, of late
  std::uint64_t run_inline_ = 0, run_queued_ = 0;
  bool ending_ = false;
  std::vector<std::thread> threads_;  // last: they use all of the above
};

}  // namespace kutip::work
