#include "tagging/conflicts.h"

#include <gtest/gtest.h>

#include <vector>

namespace kutip::tagging {
namespace {

class Conflicts : public testing::Test {
 protected:
  Conflicts() { taken_.reset(20, kFirstLabel); }

  bool admits(std::vector<Part> parts, Overlap overlap, TypeId type = kQuote) {
    return taken_.admits(type, parts, overlap, records_);
  }
  void take(std::vector<Part> parts, Overlap overlap, TypeId type = kQuote) {
    Record record;
    record.type = type;
    record.range = {parts.front().range.begin, parts.back().range.end};
    taken_.take(type, parts, overlap, records_.add(record, parts, {}));
  }

  TakenTokens taken_;
  Records records_;
};

TEST_F(Conflicts, LongestNeedsAllTokensFree) {
  take({{{4, 10}}}, Overlap::kLongest);
  EXPECT_TRUE(admits({{{0, 4}}}, Overlap::kLongest));
  EXPECT_TRUE(admits({{{10, 12}}}, Overlap::kLongest));
  EXPECT_FALSE(admits({{{0, 5}}}, Overlap::kLongest));
  EXPECT_FALSE(admits({{{5, 7}}}, Overlap::kLongest));
  EXPECT_FALSE(admits({{{2, 14}}}, Overlap::kLongest)) << "around a taken one";
}

TEST_F(Conflicts, TypesDoNotMeet) {
  take({{{4, 10}}}, Overlap::kLongest, kPerson);
  EXPECT_TRUE(admits({{{4, 10}}}, Overlap::kLongest, kOrganization));
}

TEST_F(Conflicts, NestNeedsOneLongerHolder) {
  take({{{4, 10}}}, Overlap::kLongest);
  take({{{10, 12}}}, Overlap::kLongest);
  EXPECT_TRUE(admits({{{5, 8}}}, Overlap::kNest));
  EXPECT_TRUE(admits({{{13, 15}}}, Overlap::kNest)) << "free tokens will do";
  EXPECT_FALSE(admits({{{4, 10}}}, Overlap::kNest)) << "the same range";
  EXPECT_FALSE(admits({{{8, 12}}}, Overlap::kNest)) << "over two";
  EXPECT_FALSE(admits({{{2, 6}}}, Overlap::kNest)) << "partly outside";
}

TEST_F(Conflicts, NestedOnesMeetEachOther) {
  take({{{0, 12}}}, Overlap::kLongest);
  take({{{2, 6}}}, Overlap::kNest);
  EXPECT_TRUE(admits({{{3, 5}}}, Overlap::kNest));
  EXPECT_TRUE(admits({{{6, 9}}}, Overlap::kNest));
  EXPECT_FALSE(admits({{{4, 8}}}, Overlap::kNest));
}

TEST_F(Conflicts, AllIsAlwaysKeptAndHoldsOnlyWhatWasFree) {
  take({{{4, 10}}}, Overlap::kLongest);
  EXPECT_TRUE(admits({{{8, 12}}}, Overlap::kAll));
  take({{{8, 12}}}, Overlap::kAll);
  EXPECT_FALSE(admits({{{11, 13}}}, Overlap::kLongest));
  EXPECT_TRUE(admits({{{8, 10}}}, Overlap::kNest)) << "still the first one's";
}

TEST_F(Conflicts, FragmentsLeaveTheGapFree) {
  take({{{0, 4}}, {{8, 12}}}, Overlap::kLongest);
  EXPECT_TRUE(admits({{{4, 8}}}, Overlap::kLongest));
  EXPECT_FALSE(admits({{{5, 7}}, {{11, 13}}}, Overlap::kLongest));
  EXPECT_TRUE(admits({{{1, 3}}, {{9, 11}}}, Overlap::kNest));
}

TEST_F(Conflicts, ResetFreesEverything) {
  take({{{0, 20}}}, Overlap::kLongest);
  taken_.reset(20, kFirstLabel);
  EXPECT_TRUE(admits({{{0, 20}}}, Overlap::kLongest));
}

}  // namespace
}  // namespace kutip::tagging
