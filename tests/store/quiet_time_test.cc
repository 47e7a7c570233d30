#include "store/quiet_time.h"

#include <gtest/gtest.h>

namespace kutip::store {
namespace {

using std::chrono::milliseconds;

constexpr QuietTimes kTimes{milliseconds(200), milliseconds(3'000), milliseconds(10'000)};
constexpr QuietTime::Time kStart{};

TEST(QuietTime, NothingIsDueWithoutAChange) {
  QuietTime quiet(kTimes);
  EXPECT_EQ(quiet.due(false), std::nullopt);
  quiet.changed(kStart);
  quiet.clear();
  EXPECT_EQ(quiet.due(false), std::nullopt);
}

TEST(QuietTime, EachChangeBeginsTheWaitAnew) {
  QuietTime quiet(kTimes);
  quiet.changed(kStart);
  EXPECT_EQ(quiet.due(false), kStart + milliseconds(200));
  quiet.changed(kStart + milliseconds(150));
  EXPECT_EQ(quiet.due(false), kStart + milliseconds(350));
}

TEST(QuietTime, ChangesWithoutEndAreReadAtLast) {
  QuietTime quiet(kTimes);
  for (int i = 0; i < 100; ++i) quiet.changed(kStart + milliseconds(100 * i));
  EXPECT_EQ(quiet.due(false), kStart + milliseconds(3'000));
}

TEST(QuietTime, AFileThatIsBeingWrittenIsWaitedForLonger) {
  QuietTime quiet(kTimes);
  quiet.changed(kStart);
  EXPECT_EQ(quiet.due(true), kStart + milliseconds(10'000));
}

}  // namespace
}  // namespace kutip::store
