#include "service/active_rules.h"

#include <utility>

namespace kutip::service {

std::shared_ptr<const ActiveRules> RulesHolder::current() const {
  const std::lock_guard lock(mutex_);
  return current_;
}

std::shared_ptr<const ActiveRules> RulesHolder::activate(std::shared_ptr<const tagging::RuleSet> rules) {
  const std::lock_guard lock(mutex_);
  const std::uint32_t generation = current_ ? current_->generation + 1 : 1;
  current_ =
      std::make_shared<const ActiveRules>(ActiveRules{std::move(rules), generation, std::chrono::system_clock::now()});
  return current_;
}

}  // namespace kutip::service
