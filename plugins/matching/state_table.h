#pragma once

#include <cstdint>
#include <vector>

namespace kutip::matching {

// A table from (number, place) to 64 bits, emptied in O(1): what a search has found out so far. Place 0 of small
// numbers is an array, the rest a hash table.
class StateTable {
 public:
  // Forgets everything. Numbers below `dense` are the small ones.
  void clear(std::uint32_t dense);
  // The bits of the pair, 0 if the pair is new. Valid until the next call.
  std::uint64_t& operator()(std::uint32_t number, std::uint32_t place) {
    if (place != 0 || number >= dense_count_) return in_hash(number, place);
    Dense& dense = dense_[number];
    if (dense.generation != generation_) dense = {0, generation_};
    return dense.bits;
  }
  std::size_t size() const { return used_; }

 private:
  struct Dense {
    std::uint64_t bits = 0;
    std::uint32_t generation = 0;
  };
  struct Slot {
    std::uint64_t key = 0;
    std::uint64_t bits = 0;
    std::uint32_t generation = 0;  // the slot is free if it is not the current one
  };
  std::uint64_t& in_hash(std::uint32_t number, std::uint32_t place) {
    if (2 * (used_ + 1) > slots_.size()) grow();
    const std::uint64_t key = (std::uint64_t{number} << 32) | place;
    Slot& slot = slots_[slot_of(key)];
    if (slot.generation != generation_) {
      slot = {key, 0, generation_};
      ++used_;
    }
    return slot.bits;
  }
  // Fibonacci hashing: the upper bits of the product are the good ones.
  std::size_t slot_of(std::uint64_t key) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t i = (((key ^ (key >> 29)) * 0x9E3779B97F4A7C15u) >> 32) & mask;
    while (slots_[i].generation == generation_ && slots_[i].key != key) i = (i + 1) & mask;
    return i;
  }
  void grow();

  std::vector<Dense> dense_;
  std::uint32_t dense_count_ = 0;
  std::vector<Slot> slots_;  // open addressing, power of two, at most half full
  std::size_t used_ = 0;
  std::uint32_t generation_ = 1;
};

}  // namespace kutip::matching
