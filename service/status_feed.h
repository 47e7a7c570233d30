#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "service/rules_status.h"

namespace kutip::service {

// The status of the rules, for all who want to know it and each change of it. Thread-safe.
class StatusFeed {
 public:
  // Called with each new status, and with null when there will be none any more; on the thread that publishes, so it
  // must not wait.
  using Observer = std::function<void(const RulesStatusPtr&)>;

  StatusFeed();

  // Never null.
  RulesStatusPtr current() const;
  // Tells all observers.
  void publish(RulesStatusPtr status);
  // Observes until the last copy of the result is gone; a call that is under way then may still come to its end.
  std::shared_ptr<const Observer> subscribe(Observer observer);
  // Tells all observers, also those to come, that the server ends.
  void close();

 private:
  void tell(const RulesStatusPtr& status);

  mutable std::mutex mutex_;
  RulesStatusPtr current_;
  bool closed_ = false;
  std::vector<std::weak_ptr<const Observer>> observers_;
};

}  // namespace kutip::service
