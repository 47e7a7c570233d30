#include "matching/state_table.h"

namespace kutip::matching {
namespace {

constexpr std::size_t kFirstSlots = 256;
constexpr std::size_t kMostSlotsKept = 1 << 16;  // 1 MB

}  // namespace

void StateTable::clear(std::uint32_t dense) {
  if (dense_.size() < dense) dense_.resize(dense);
  dense_count_ = dense;
  used_ = 0;
  if (slots_.size() > kMostSlotsKept) {  // one long paragraph must not hold its memory for good
    slots_.clear();
    slots_.shrink_to_fit();
  }
  if (++generation_ == 0) {
    for (Slot& slot : slots_) slot.generation = 0;
    for (Dense& each : dense_) each.generation = 0;
    generation_ = 1;
  }
}

void StateTable::grow() {
  std::vector<Slot> old(slots_.empty() ? kFirstSlots : 2 * slots_.size());
  old.swap(slots_);
  for (const Slot& slot : old)
    if (slot.generation == generation_) slots_[slot_of(slot.key)] = slot;
}

}  // namespace kutip::matching
