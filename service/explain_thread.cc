#include "service/explain_thread.h"

#include <sys/resource.h>

#include <chrono>
#include <cstddef>
#include <utility>

namespace kutip::service {
namespace {

constexpr std::size_t kMaxWaiting = 32;
constexpr int kNice = 5;  // as the reloader has
// Whoever asks once mostly asks again; after that the memory is worth more.
constexpr std::chrono::seconds kKept{60};

}  // namespace

ExplainThread::~ExplainThread() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

bool ExplainThread::post(Job job) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_ || jobs_.size() >= kMaxWaiting) return false;
    // First, for where the system has no thread left no job may stay behind.
    if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
    jobs_.push_back(std::move(job));
  }
  wake_.notify_one();
  return true;
}

void ExplainThread::run() {
  // On Linux this is the thread's own.
  ::setpriority(PRIO_PROCESS, 0, ::getpriority(PRIO_PROCESS, 0) + kNice);
  ExplainableRulesPtr kept;
  std::unique_lock lock(mutex_);
  const auto has_work = [this] { return stopping_ || !jobs_.empty(); };
  for (;;) {
    if (kept == nullptr) {
      wake_.wait(lock, has_work);
    } else if (!wake_.wait_for(lock, kKept, has_work)) {
      kept.reset();
      continue;
    }
    if (jobs_.empty()) return;
    const Job job = std::move(jobs_.front());
    jobs_.pop_front();
    lock.unlock();
    job(kept);
    lock.lock();
  }
}

}  // namespace kutip::service
