#include "matching/state_table.h"

namespace kutip::matching {
namespace {

constexpr std::size_t kFirstSlots = 256;
constexpr std::size_t kMostSlotsKept = 1 << 16;  // 1 MB

}  // namespace

void StateTable::clear() {
  used_ = 0;
  if (slots_.size() > kMostSlotsKept) {  // one long paragraph must not hold its memory for good
    slots_.clear();
    slots_.shrink_to_fit();
  }
  if (++generation_ == 0) {
    for (Slot& slot : slots_) slot.generation = 0;
    generation_ = 1;
  }
}

std::uint32_t& StateTable::operator()(std::uint32_t state, std::uint32_t position) {
  if (2 * (used_ + 1) > slots_.size()) resize(slots_.empty() ? kFirstSlots : 2 * slots_.size());
  const std::uint64_t key = (std::uint64_t{state} << 32) | position;
  Slot& slot = slots_[slot_of(key)];
  if (slot.generation != generation_) {
    slot = {key, generation_, 0};
    ++used_;
  }
  return slot.value;
}

std::size_t StateTable::slot_of(std::uint64_t key) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t i = ((key ^ (key >> 29)) * 0x9E3779B97F4A7C15u) >> 32 & mask;
  while (slots_[i].generation == generation_ && slots_[i].key != key) i = (i + 1) & mask;
  return i;
}

void StateTable::resize(std::size_t slots) {
  std::vector<Slot> old(slots);
  old.swap(slots_);
  for (const Slot& slot : old)
    if (slot.generation == generation_) slots_[slot_of(slot.key)] = slot;
}

}  // namespace kutip::matching
