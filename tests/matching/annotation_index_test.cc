#include "matching/annotation_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kutip::matching {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::uint32_t> starting(const AnnotationIndex& index, std::uint32_t token, TypeId type) {
  std::vector<std::uint32_t> found;
  index.starting_at(token, type_bit(type), [&](std::uint32_t i) { found.push_back(i); });
  return found;
}

std::vector<std::uint32_t> ending(const AnnotationIndex& index, std::uint32_t token, TypeId type) {
  std::vector<std::uint32_t> found;
  index.ending_at(token, type_bit(type), [&](std::uint32_t i) { found.push_back(i); });
  return found;
}

AnnotationView view(TypeId type, text::TokenRange range) {
  return {range, range, type, 0, 0};
}

TEST(AnnotationIndex, FindsByBorderAndTypeInOrderOfAddition) {
  AnnotationIndex index;
  index.reset(6);
  index.add(view(1, {2, 4}));
  index.add(view(0, {2, 3}));
  index.add(view(1, {2, 6}));
  index.add(view(1, {0, 4}));
  index.add(view(1, {2, 3}));
  EXPECT_THAT(starting(index, 2, 1), ElementsAre(0, 2, 4));
  EXPECT_THAT(starting(index, 2, 0), ElementsAre(1));
  EXPECT_THAT(starting(index, 2, 2), IsEmpty());
  EXPECT_THAT(starting(index, 6, 1), IsEmpty());
  EXPECT_THAT(ending(index, 4, 1), ElementsAre(0, 3));
  EXPECT_THAT(ending(index, 3, 1), ElementsAre(4));
  EXPECT_THAT(ending(index, 6, 1), ElementsAre(2));
  EXPECT_THAT(ending(index, 0, 1), IsEmpty());
}

TEST(AnnotationIndex, KnowsTheTypesOverEachToken) {
  AnnotationIndex index;
  index.reset(4);
  index.add(view(0, {0, 2}));
  index.add(view(63, {1, 3}));
  EXPECT_EQ(type_bit(0), index.types_over(0));
  EXPECT_EQ(type_bit(0) | type_bit(63), index.types_over(1));
  EXPECT_EQ(type_bit(63), index.types_over(2));
  EXPECT_EQ(0u, index.types_over(3));
}

TEST(AnnotationIndex, IsEmptyAfterReset) {
  AnnotationIndex index;
  index.reset(3);
  index.add(view(0, {0, 3}));
  const std::uint64_t version = index.version();
  index.reset(2);
  EXPECT_NE(version, index.version());
  EXPECT_TRUE(index.all().empty());
  EXPECT_THAT(starting(index, 0, 0), IsEmpty());
  EXPECT_THAT(ending(index, 2, 0), IsEmpty());
  EXPECT_EQ(0u, index.types_over(1));
}

}  // namespace
}  // namespace kutip::matching
