#include "matching/row_table.h"

#include <algorithm>

namespace kutip::matching {
namespace {

// Multiply and fold, a word at a time.
std::uint64_t hash_of(std::uint64_t kind, std::span<const std::uint64_t> row) {
  std::uint64_t hash = kind;
  for (const std::uint64_t bits : row) {
    hash = (hash ^ bits) * 0x9E3779B97F4A7C15u;
    hash ^= hash >> 32;
  }
  return hash;
}

}  // namespace

std::uint32_t RowTable::number_of(std::uint64_t kind, std::span<const std::uint64_t> row) {
  if (2 * (rows_.size() + 1) > slots_.size()) grow();
  const Row wanted{hash_of(kind, row), kind, bits_.size(), row.size()};
  const std::size_t mask = slots_.size() - 1;
  std::size_t i = wanted.hash & mask;
  while (slots_[i] != 0 && !is(rows_[slots_[i] - 1], wanted, row)) i = (i + 1) & mask;
  if (slots_[i] == 0) {
    bits_.insert(bits_.end(), row.begin(), row.end());
    rows_.push_back(wanted);
    slots_[i] = static_cast<std::uint32_t>(rows_.size());
  }
  return slots_[i] - 1;
}

bool RowTable::is(const Row& known, const Row& wanted, std::span<const std::uint64_t> row) const {
  return known.hash == wanted.hash && known.kind == wanted.kind && known.size == wanted.size &&
         std::equal(row.begin(), row.end(), bits_.begin() + static_cast<std::ptrdiff_t>(known.first));
}

void RowTable::grow() {
  slots_.assign(std::max<std::size_t>(64, 2 * slots_.size()), 0);
  const std::size_t mask = slots_.size() - 1;
  for (std::uint32_t number = 0; number < rows_.size(); ++number) {
    std::size_t i = rows_[number].hash & mask;
    while (slots_[i] != 0) i = (i + 1) & mask;
    slots_[i] = number + 1;
  }
}

void RowTable::clear() {
  bits_.clear();
  rows_.clear();
  std::fill(slots_.begin(), slots_.end(), 0);
}

}  // namespace kutip::matching
