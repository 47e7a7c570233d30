#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "service/rule_keeper.h"
#include "service/status_feed.h"
#include "store/folder_watch.h"
#include "store/quiet_time.h"

namespace kutip::service {

struct ReloaderOptions {
  RuleKeeperOptions rules;
  bool watch = true;  // whether a change in the rules folder is followed without being asked
  store::QuietTimes quiet;
  // Called on the thread when rules, or what was needed to load them, have been freed; empty: nothing is.
  std::function<void()> on_freed;
};

// The thread on which rules are loaded: follows the rules folder and does what RuleService asks, one thing after the
// other, with less of the processor than calls have. All but start() is thread-safe.
class Reloader {
 public:
  // What is done on the thread.
  using Job = std::function<void(RuleKeeper&)>;

  // `holder` must outlive it.
  Reloader(ReloaderOptions options, RulesHolder& holder);
  // stop().
  ~Reloader();

  // Loads the rules, on the caller's thread, then begins to follow the folder on its own.
  void start();
  // Ends what is under way and does what is still waiting.
  void stop();

  // False, and nothing is done, if too much is waiting.
  bool post(Job job);
  // Loads the folder, whatever it holds, soon.
  void reload();

  StatusFeed& feed() { return feed_; }

 private:
  using Clock = std::chrono::steady_clock;

  void run();
  void do_jobs();
  void follow(Clock::time_point now);
  std::chrono::milliseconds until_next(Clock::time_point now);

  const ReloaderOptions options_;
  StatusFeed feed_;
  RuleKeeper keeper_;
  store::FolderWatch watch_;
  store::QuietTime quiet_;
  Clock::time_point next_upkeep_;
  bool loaded_ = true;  // rules, since the last upkeep
  std::mutex mutex_;
  std::deque<Job> jobs_;   // under mutex_
  bool stopping_ = false;  // under mutex_
  std::thread thread_;
};

}  // namespace kutip::service
