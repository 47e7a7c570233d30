#include "service/work/worker_pool.h"

#include <sched.h>

#include <algorithm>
#include <exception>
#include <memory>
#include <random>
#include <utility>

namespace kutip::work {
namespace {

// Cores that this process may use, which in a container or under taskset are fewer than the machine has.
unsigned cores() {
  cpu_set_t set;
  CPU_ZERO(&set);
  if (sched_getaffinity(0, sizeof set, &set) == 0) return std::max(1, CPU_COUNT(&set));
  return std::max(1U, std::thread::hardware_concurrency());
}

PoolLimits complete(PoolLimits limits) {
  if (limits.workers == 0) limits.workers = cores();
  return limits;
}

}  // namespace

WorkerPool::WorkerPool(const PoolLimits& limits) : limits_(complete(limits)) {
  try {
    for (unsigned i = 0; i < limits_.workers; ++i) threads_.emplace_back([this] { work(); });
  } catch (...) {  // the system has no more threads
    end();
    throw;
  }
}

WorkerPool::~WorkerPool() {
  end();
}

void WorkerPool::end() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

std::optional<Refused> WorkerPool::submit(const Client& client, std::size_t bytes, Job job) {
  std::unique_lock lock(mutex_);
  if (auto refused = refusal(client, bytes)) return refused;
  take(lock, client, bytes, std::move(job));
  return std::nullopt;
}

void WorkerPool::submit_unbounded(const Client& client, std::size_t bytes, Job job) {
  std::unique_lock lock(mutex_);
  take(lock, client, bytes, std::move(job));
}

// What those who work together share. A helper may come when all is done and `work` has gone.
struct WorkerPool::Together {
  explicit Together(const SharedWork& shared) : work(shared) {}

  void take_part(const std::function<bool()>& go_on) {
    try {
      work(go_on);
    } catch (...) {
      const std::lock_guard lock(mutex);
      error = std::current_exception();
    }
  }

  void help(const std::function<bool()>& go_on) {
    {
      const std::lock_guard lock(mutex);
      if (over) return;
      ++helpers;
    }
    take_part(go_on);
    const std::lock_guard lock(mutex);
    --helpers;
    left.notify_one();
  }

  void finish() {
    std::unique_lock lock(mutex);
    over = true;
    left.wait(lock, [this] { return helpers == 0; });
    if (error) std::rethrow_exception(error);
  }

  const SharedWork& work;
  std::mutex mutex;
  std::condition_variable left;
  std::exception_ptr error;  // this and all below: under mutex
  std::size_t helpers = 0;
  bool over = false;
};

void WorkerPool::run_together(const Client& client, std::size_t most, const SharedWork& work) {
  const auto together = std::make_shared<Together>(work);
  {
    std::unique_lock lock(mutex_);
    const std::size_t idle = idle_ > queue_.size() ? idle_ - queue_.size() : 0;
    for (std::size_t i = 1; i < most && i <= idle; ++i) {
      queue_.start(client);
      queue_.push({client, [this, together] { help(*together); }, 0});
      ++helpers_queued_;
    }
  }
  if (most > 1) wake_.notify_all();
  together->take_part([] { return true; });
  together->finish();
}

void WorkerPool::help(Together& together) {
  {
    const std::lock_guard lock(mutex_);
    --helpers_queued_;
  }
  together.help([this] { return !someone_waits(); });
}

// Helpers that have not come yet wait for nobody to leave.
bool WorkerPool::someone_waits() const {
  const std::lock_guard lock(mutex_);
  return queue_.size() > helpers_queued_;
}

std::optional<Refused> WorkerPool::refusal(const Client& client, std::size_t bytes) const {
  // A request that finds the queue empty always fits, however large it is.
  const bool full =
      queue_.size() > 0 && (queue_.size() >= limits_.queued_calls || queue_.bytes() + bytes > limits_.queued_bytes ||
                            expected_wait() > limits_.queued_time);
  if (full) return Refused{Refusal::kQueueFull, time_to_room()};
  const std::size_t mine = queue_.under_way(client);
  const std::size_t clients = queue_.clients() + (mine == 0 ? 1 : 0);
  const std::size_t share = (limits_.queued_calls + limits_.workers) * 7 / 8 / clients;
  if (mine > 0 && mine >= share) return Refused{Refusal::kClientLimit, time_to_room()};
  return std::nullopt;
}

std::chrono::duration<double> WorkerPool::expected_wait() const {
  return std::chrono::duration<double>(mean_seconds_ * static_cast<double>(queue_.size()) / limits_.workers);
}

// What is under way takes this long; spread, so that those refused together do not come back together.
std::chrono::milliseconds WorkerPool::time_to_room() const {
  static thread_local std::minstd_rand random{std::random_device{}()};
  const double jobs = static_cast<double>(queue_.size() + running_);
  const double seconds = mean_seconds_ * jobs / limits_.workers * std::uniform_real_distribution(1.0, 2.0)(random);
  return std::chrono::milliseconds(std::clamp(static_cast<int>(seconds * 1000), 10, 5000));
}

void WorkerPool::take(std::unique_lock<std::mutex>& lock, const Client& client, std::size_t bytes, Job job) {
  queue_.start(client);
  // One thread at most is kept from taking calls.
  if (bytes <= limits_.inline_bytes && queue_.size() == 0 && running_ == 0) {
    ++run_inline_;
    run(lock, client, job);
    return;
  }
  queue_.push({client, std::move(job), bytes});
  const bool wake = idle_ > 0;
  lock.unlock();
  if (wake) wake_.notify_one();
}

void WorkerPool::run(std::unique_lock<std::mutex>& lock, const Client& client, const Job& job) {
  ++running_;
  lock.unlock();
  const auto begin = Clock::now();
  job();
  const std::chrono::duration<double> took = Clock::now() - begin;
  lock.lock();
  --running_;
  mean_seconds_ += (took.count() - mean_seconds_) / 64;
  queue_.end(client);
}

void WorkerPool::work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    if (auto entry = queue_.pop()) {
      ++run_queued_;
      run(lock, entry->client, entry->job);
    } else if (ending_) {
      return;
    } else {
      ++idle_;
      wake_.wait(lock);
      --idle_;
    }
  }
}

PoolFigures WorkerPool::figures() const {
  const std::lock_guard lock(mutex_);
  return {.workers = limits_.workers,
          .queued = queue_.size(),
          .queued_bytes = queue_.bytes(),
          .running = running_,
          .clients = queue_.clients(),
          .run_inline = run_inline_,
          .run_queued = run_queued_};
}

}  // namespace kutip::work
