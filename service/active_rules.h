#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>

#include "tagging/rule_set.h"

namespace kutip::service {

// A rule set in service. Immutable.
struct ActiveRules {
  std::shared_ptr<const tagging::RuleSet> rules;  // never null
  std::uint32_t generation = 0;                   // 1 for the first that this holder activated
  std::chrono::system_clock::time_point since;
};

// The rules that answer now. Thread-safe. A call takes current() once and keeps it to its end, so no answer mixes two
// rule sets.
class RulesHolder {
 public:
  // Null until rules are activated.
  std::shared_ptr<const ActiveRules> current() const;
  // REQUIRES: rules is not null.
  std::shared_ptr<const ActiveRules> activate(std::shared_ptr<const tagging::RuleSet> rules);

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const ActiveRules> current_;
};

}  // namespace kutip::service
