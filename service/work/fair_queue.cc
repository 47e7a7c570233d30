#include "service/work/fair_queue.h"

#include <utility>

namespace kutip::work {

void FairQueue::push(Entry entry) {
  Line& line = clients_[entry.client];
  if (line.waiting.empty()) turn_.push_back(entry.client);
  ++size_;
  bytes_ += entry.bytes;
  line.waiting.push_back(std::move(entry));
}

std::optional<FairQueue::Entry> FairQueue::pop() {
  if (turn_.empty()) return std::nullopt;
  Line& line = clients_[turn_.front()];
  Entry entry = std::move(line.waiting.front());
  line.waiting.pop_front();
  if (line.waiting.empty()) {
    turn_.pop_front();
  } else {
    turn_.splice(turn_.end(), turn_, turn_.begin());
  }
  --size_;
  bytes_ -= entry.bytes;
  return entry;
}

void FairQueue::end(const Client& client) {
  const auto at = clients_.find(client);
  if (--at->second.under_way == 0 && at->second.waiting.empty()) clients_.erase(at);
}

std::size_t FairQueue::under_way(const Client& client) const {
  const auto at = clients_.find(client);
  return at == clients_.end() ? 0 : at->second.under_way;
}

}  // namespace kutip::work
