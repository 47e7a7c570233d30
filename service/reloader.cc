#include "service/reloader.h"

#include <sys/resource.h>

#include <algorithm>
#include <utility>

namespace kutip::service {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t kMaxWaiting = 32;
// Loading yields to calls: a third of a core where all are busy.
constexpr int kNice = 5;
constexpr milliseconds kBetweenUpkeep{1'000};
constexpr milliseconds kForEver{3'600'000};

}  // namespace

Reloader::Reloader(ReloaderOptions options, RulesHolder& holder)
    : options_(std::move(options)),
      keeper_(options_.rules, holder, feed_),
      watch_(options_.rules.folder),
      quiet_(options_.quiet) {}

Reloader::~Reloader() {
  stop();
}

void Reloader::start() {
  keeper_.start();
  thread_ = std::thread([this] { run(); });
}

void Reloader::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  watch_.wake();
  if (thread_.joinable()) thread_.join();
  feed_.close();
}

bool Reloader::post(Job job) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_ || jobs_.size() >= kMaxWaiting) return false;
    jobs_.push_back(std::move(job));
  }
  watch_.wake();
  return true;
}

void Reloader::reload() {
  post([](RuleKeeper& keeper) { keeper.reload(false); });
}

void Reloader::run() {
  // On Linux this is the thread's own.
  ::setpriority(PRIO_PROCESS, 0, ::getpriority(PRIO_PROCESS, 0) + kNice);
  for (;;) {
    const auto event = watch_.wait(until_next(Clock::now()));
    const auto now = Clock::now();
    if (event == store::FolderWatch::Event::kChanged && options_.watch) quiet_.changed(now);
    do_jobs();
    follow(now);
    if (now >= next_upkeep_) {
      next_upkeep_ = now + kBetweenUpkeep;
      keeper_.keep();
      const bool freed = keeper_.free_retired();
      if ((std::exchange(loaded_, false) || freed) && options_.on_freed) options_.on_freed();
    }
    const std::lock_guard lock(mutex_);
    if (stopping_ && jobs_.empty()) return;
  }
}

void Reloader::do_jobs() {
  for (;;) {
    Job job;
    {
      const std::lock_guard lock(mutex_);
      if (jobs_.empty()) return;
      job = std::move(jobs_.front());
      jobs_.pop_front();
    }
    job(keeper_);
    loaded_ = true;
  }
}

void Reloader::follow(Clock::time_point now) {
  const auto due = quiet_.due(watch_.someone_writes());
  if (!due || now < *due) return;
  quiet_.clear();
  loaded_ = true;
  // What cannot be read now may be whole a moment later.
  if (keeper_.follow_folder(milliseconds(0)) != RuleKeeper::Read::kDone) quiet_.changed(Clock::now());
}

milliseconds Reloader::until_next(Clock::time_point now) {
  milliseconds pause = kForEver;
  if (const auto due = quiet_.due(watch_.someone_writes()))
    pause = std::chrono::ceil<milliseconds>(std::max(*due - now, Clock::duration(0)));
  return std::min(pause, std::chrono::ceil<milliseconds>(std::max(next_upkeep_ - now, Clock::duration(0))));
}

}  // namespace kutip::service
