#pragma once

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/registry.h>

#include <cstddef>
#include <mutex>
#include <string>
#include <unordered_map>

namespace kutip::v1 {
class AnnotateResponse;
}

namespace kutip::operation {

// Counts for each rule the texts in whose answers it had a part. Rules come and go with rule sets; the first kMost have
// a counter of their own, later ones share one. Thread-safe; a lock and a look-up for each rule of an answer.
class RuleCounters {
 public:
  static constexpr std::size_t kMost = 5000;

  // `registry` must outlive it.
  explicit RuleCounters(prometheus::Registry& registry);

  void text_answered(const v1::AnnotateResponse& response);

 private:
  prometheus::Counter& counter_of(const std::string& plugin, const std::string& rule);

  prometheus::Family<prometheus::Counter>& family_;
  std::mutex mutex_;
  std::unordered_map<std::string, prometheus::Counter*> counters_;  // by PLUGIN/RULE; under mutex_
};

}  // namespace kutip::operation
