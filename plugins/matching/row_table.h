#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace kutip::matching {

// Gives equal rows of bits equal numbers, counted from 0. Not thread-safe.
class RowTable {
 public:
  // The number of the row. `kind` tells rows apart whose bits mean different things. O(row), amortised.
  std::uint32_t number_of(std::uint64_t kind, std::span<const std::uint64_t> row);
  std::size_t size() const { return rows_.size(); }
  void clear();

 private:
  struct Row {
    std::uint64_t hash = 0, kind = 0;
    std::size_t first = 0;  // in bits_
    std::size_t size = 0;
  };
  bool is(const Row& known, const Row& wanted, std::span<const std::uint64_t> row) const;
  void grow();

  std::vector<std::uint64_t> bits_;
  std::vector<Row> rows_;
  std::vector<std::uint32_t> slots_;  // 1 + index into rows_; open addressing, power of two, at most half full
};

}  // namespace kutip::matching
