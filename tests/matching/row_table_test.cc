#include "matching/row_table.h"

#include <gtest/gtest.h>

#include <array>

namespace kutip::matching {
namespace {

using Row = std::array<std::uint64_t, 3>;

Row row_of(std::uint64_t n) {
  return {n % 7, n << 40, n / 3};
}

TEST(RowTable, EqualRowsOfOneKindHaveOneNumber) {
  RowTable table;
  EXPECT_EQ(table.number_of(1, Row{1, 2, 3}), 0u);
  EXPECT_EQ(table.number_of(1, Row{1, 2, 4}), 1u);
  EXPECT_EQ(table.number_of(2, Row{1, 2, 3}), 2u);
  EXPECT_EQ(table.number_of(1, std::array<std::uint64_t, 2>{1, 2}), 3u);
  EXPECT_EQ(table.number_of(1, Row{1, 2, 3}), 0u);
  EXPECT_EQ(table.size(), 4u);
}

TEST(RowTable, NumbersStayWhenItGrows) {
  RowTable table;
  for (std::uint32_t n = 0; n < 5000; ++n) ASSERT_EQ(table.number_of(9, row_of(n)), n);
  for (std::uint32_t n = 0; n < 5000; ++n) ASSERT_EQ(table.number_of(9, row_of(n)), n);
}

TEST(RowTable, ForgetsAll) {
  RowTable table;
  for (std::uint32_t n = 0; n < 100; ++n) table.number_of(9, row_of(n));
  table.clear();
  EXPECT_EQ(table.size(), 0u);
  EXPECT_EQ(table.number_of(9, row_of(50)), 0u);
}

}  // namespace
}  // namespace kutip::matching
