#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "tagging/annotations.h"

namespace kutip::tagging {

// An item of the entity it belongs to.
template <typename T>
struct Of {
  std::uint32_t entity = 0;
  T item;
};

// Appends the items to `all`, those of one entity together and in their order, and sets `slice_of(entity)` to where
// they are. REQUIRES: entities are in [0, entity_count). O(items + entities).
template <typename T, typename SliceOf>
void append_by_entity(std::span<const Of<T>> items, std::uint32_t entity_count, std::vector<T>& all, SliceOf slice_of) {
  const auto base = static_cast<std::uint32_t>(all.size());
  for (std::uint32_t e = 0; e < entity_count; ++e) slice_of(e) = Slice{};
  for (const Of<T>& one : items) ++slice_of(one.entity).count;
  std::uint32_t next = base;
  for (std::uint32_t e = 0; e < entity_count; ++e) {
    Slice& slice = slice_of(e);
    slice.first = next;
    next += slice.count;
    slice.count = 0;
  }
  all.resize(next);
  for (const Of<T>& one : items) {
    Slice& slice = slice_of(one.entity);
    all[slice.first + slice.count++] = one.item;
  }
}

}  // namespace kutip::tagging
