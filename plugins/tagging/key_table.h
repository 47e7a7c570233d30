#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "tagging/annotations.h"

namespace kutip::tagging {

// Numbers 64-bit keys 0, 1, 2, ... in order of addition. Keys are well-mixed hashes of texts; equal keys count as equal
// texts. Open addressing; clearing costs nothing, so that one table serves many documents.
class KeyTable {
 public:
  void clear();
  // Number of `key`, which is added if it is new.
  std::uint32_t add(std::uint64_t key);
  // Number of `key`, or kNone.
  std::uint32_t find(std::uint64_t key) const;
  std::uint32_t size() const { return size_; }

 private:
  struct Slot {
    std::uint64_t key = 0;
    std::uint32_t number = 0;
    std::uint32_t generation = 0;  // filled in this generation, else empty
  };
  std::size_t slot_of(std::uint64_t key) const;
  void grow();

  std::vector<Slot> slots_;  // power of two, at most half full
  std::uint32_t size_ = 0;
  std::uint32_t generation_ = 1;
};

// Lists of numbers by key, each in order of addition. Reusable like KeyTable.
class KeyedLists {
 public:
  void clear();
  void add(std::uint64_t key, std::uint32_t value);
  // Calls f(value) along the key's list until it returns false.
  template <typename F>
  void for_each(std::uint64_t key, F f) const {
    const std::uint32_t list = keys_.find(key);
    if (list == kNone) return;
    for (std::uint32_t i = lists_[list].first; i != kNone; i = items_[i].next)
      if (!f(items_[i].value)) return;
  }
  std::uint32_t count(std::uint64_t key) const;
  bool empty() const { return items_.empty(); }

 private:
  struct List {
    std::uint32_t first = kNone, last = kNone, count = 0;
  };
  struct Item {
    std::uint32_t value = 0, next = kNone;
  };
  KeyTable keys_;
  std::vector<List> lists_;  // by number of the key
  std::vector<Item> items_;
};

}  // namespace kutip::tagging
