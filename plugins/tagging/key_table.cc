#include "tagging/key_table.h"

namespace kutip::tagging {

void KeyTable::clear() {
  size_ = 0;
  if (++generation_ != 0) return;
  slots_.assign(slots_.size(), Slot{});
  generation_ = 1;
}

std::size_t KeyTable::slot_of(std::uint64_t key) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = key & mask;
  while (slots_[slot].generation == generation_ && slots_[slot].key != key) slot = (slot + 1) & mask;
  return slot;
}

std::uint32_t KeyTable::add(std::uint64_t key) {
  if (2 * (std::size_t{size_} + 1) > slots_.size()) grow();
  Slot& slot = slots_[slot_of(key)];
  if (slot.generation != generation_) slot = {key, size_++, generation_};
  return slot.number;
}

std::uint32_t KeyTable::find(std::uint64_t key) const {
  if (size_ == 0) return kNone;
  const Slot& slot = slots_[slot_of(key)];
  return slot.generation == generation_ ? slot.number : kNone;
}

void KeyTable::grow() {
  std::vector<Slot> old(slots_.empty() ? 64 : 2 * slots_.size());
  old.swap(slots_);
  for (const Slot& slot : old)
    if (slot.generation == generation_) slots_[slot_of(slot.key)] = slot;
}

void KeyedLists::clear() {
  keys_.clear();
  lists_.clear();
  items_.clear();
}

void KeyedLists::add(std::uint64_t key, std::uint32_t value) {
  const std::uint32_t number = keys_.add(key);
  if (number == lists_.size()) lists_.emplace_back();
  List& list = lists_[number];
  const auto item = static_cast<std::uint32_t>(items_.size());
  items_.push_back({value, kNone});
  if (list.first == kNone)
    list.first = item;
  else
    items_[list.last].next = item;
  list.last = item;
  ++list.count;
}

std::uint32_t KeyedLists::count(std::uint64_t key) const {
  const std::uint32_t list = keys_.find(key);
  return list == kNone ? 0 : lists_[list].count;
}

}  // namespace kutip::tagging
