#include "tagging/key_table.h"

#include <gtest/gtest.h>

#include <vector>

namespace kutip::tagging {
namespace {

TEST(KeyTable, NumbersKeysInOrderOfAddition) {
  KeyTable table;
  EXPECT_EQ(table.find(5), kNone);
  for (std::uint64_t key = 0; key < 1000; ++key) EXPECT_EQ(table.add(key * 64), key);  // all meet in few slots
  for (std::uint64_t key = 0; key < 1000; ++key) EXPECT_EQ(table.add(key * 64), key);
  EXPECT_EQ(table.size(), 1000u);
  EXPECT_EQ(table.find(64), 1u);
  EXPECT_EQ(table.find(65), kNone);
  table.clear();
  EXPECT_EQ(table.find(64), kNone);
  EXPECT_EQ(table.add(65), 0u);
}

TEST(KeyedLists, KeepOrderAndStopWhenAsked) {
  KeyedLists lists;
  for (std::uint32_t i = 0; i < 10; ++i) lists.add(i % 2, i);
  std::vector<std::uint32_t> seen;
  lists.for_each(1, [&](std::uint32_t value) {
    seen.push_back(value);
    return seen.size() < 3;
  });
  EXPECT_EQ(seen, (std::vector<std::uint32_t>{1, 3, 5}));
  EXPECT_EQ(lists.count(0), 5u);
  EXPECT_EQ(lists.count(7), 0u);
  lists.clear();
  EXPECT_TRUE(lists.empty());
  EXPECT_EQ(lists.count(0), 0u);
}

}  // namespace
}  // namespace kutip::tagging
