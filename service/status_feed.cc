#include "service/status_feed.h"

#include <utility>

namespace kutip::service {

StatusFeed::StatusFeed() : current_(std::make_shared<const RulesStatus>()) {}

RulesStatusPtr StatusFeed::current() const {
  const std::lock_guard lock(mutex_);
  return current_;
}

void StatusFeed::publish(RulesStatusPtr status) {
  {
    const std::lock_guard lock(mutex_);
    current_ = status;
  }
  tell(status);
}

std::shared_ptr<const StatusFeed::Observer> StatusFeed::subscribe(Observer observer) {
  auto kept = std::make_shared<const Observer>(std::move(observer));
  bool closed = false;
  {
    const std::lock_guard lock(mutex_);
    std::erase_if(observers_, [](const auto& known) { return known.expired(); });
    observers_.push_back(kept);
    closed = closed_;
  }
  if (closed) (*kept)(nullptr);
  return kept;
}

void StatusFeed::close() {
  {
    const std::lock_guard lock(mutex_);
    if (std::exchange(closed_, true)) return;
  }
  tell(nullptr);
}

// Outside the lock: an observer may ask for the status or end its subscription.
void StatusFeed::tell(const RulesStatusPtr& status) {
  std::vector<std::weak_ptr<const Observer>> observers;
  {
    const std::lock_guard lock(mutex_);
    observers = observers_;
  }
  for (const auto& weak : observers)
    if (const auto observer = weak.lock()) (*observer)(status);
}

}  // namespace kutip::service
