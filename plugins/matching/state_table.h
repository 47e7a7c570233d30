#pragma once

#include <cstdint>
#include <vector>

namespace kutip::matching {

// A hash table from (state, token border) to a number, emptied in O(1): what a search has found out so far.
class StateTable {
 public:
  // Forgets everything.
  void clear();
  // The number of the pair, 0 if the pair is new. Valid until the next call.
  std::uint32_t& operator()(std::uint32_t state, std::uint32_t position);
  std::size_t size() const { return used_; }

 private:
  struct Slot {
    std::uint64_t key = 0;
    std::uint32_t generation = 0;  // the slot is free if it is not the current one
    std::uint32_t value = 0;
  };
  std::size_t slot_of(std::uint64_t key) const;
  void resize(std::size_t slots);

  std::vector<Slot> slots_;  // open addressing, power of two, at most half full
  std::size_t used_ = 0;
  std::uint32_t generation_ = 1;
};

}  // namespace kutip::matching
