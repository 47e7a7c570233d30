#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

#include "service/explainable_rules.h"

namespace kutip::service {

// The thread on which matches are explained: not that of the reloader, which must not wait for it, nor one that takes
// calls. Keeps the rules it compiled for the next job, for a while. Begins with the first job. Thread-safe.
class ExplainThread {
 public:
  // `kept`: the rules that the last job left, or null; the job leaves its own there.
  using Job = std::function<void(ExplainableRulesPtr& kept)>;

  ExplainThread() = default;
  // Does what is still waiting, then ends.
  ~ExplainThread();

  // False, and nothing is done, if too much is waiting.
  bool post(Job job);

 private:
  void run();

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Job> jobs_;   // under mutex_
  bool stopping_ = false;  // under mutex_
  std::thread thread_;     // under mutex_, until stopping
};

}  // namespace kutip::service
