#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "loading/digest.h"
#include "store/rules_folder.h"
#include "support/temporary_folder.h"

namespace kutip::store {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

constexpr milliseconds kPatience{20'000};

TEST(ReadSettled, GivesTheFilesAndTheirDigest) {
  const support::TemporaryFolder folder;
  folder.write("id/quotes.yaml", "one");
  folder.write("id/cue.tsv", "two");
  const auto read = read_settled(folder.path(), kPatience);
  ASSERT_TRUE(std::holds_alternative<RuleFilesPtr>(read));
  const RuleFiles& set = *std::get<RuleFilesPtr>(read);
  ASSERT_EQ(set.files.size(), 2u);
  EXPECT_EQ(set.files[0].path, "id/cue.tsv");
  EXPECT_EQ(set.digest, loading::digest_of(set.files));
}

TEST(ReadSettled, GivesUpOnAFolderThatKeepsChanging) {
  const support::TemporaryFolder folder;
  folder.write("quotes.yaml", "one");
  std::atomic<bool> stop{false};
  std::thread writer([&] {
    while (!stop) folder.write("quotes.yaml", "two");
  });
  const auto read = read_settled(folder.path(), milliseconds(0));
  stop = true;
  writer.join();
  EXPECT_FALSE(std::holds_alternative<ReadError>(read));
}

// Each set is two files of one number. A reader that is unlucky may find none that stands still, but never a mixture.
TEST(ReadSettled, NeverGivesAMixtureOfTwoFolders) {
  const support::TemporaryFolder folder;
  for (const char* version : {"1", "2"}) {
    folder.write(std::string("..") + version + "/a.txt", version);
    folder.write(std::string("..") + version + "/b.txt", version);
  }
  fs::create_directory_symlink("..1", folder / "data");
  std::atomic<bool> stop{false};
  std::thread flipper([&] {
    for (int i = 0; !stop; ++i) {
      fs::create_directory_symlink(i % 2 == 0 ? "..2" : "..1", folder / ".next");
      fs::rename(folder / ".next", folder / "data");
    }
  });
  int whole = 0;
  for (int i = 0; i < 300; ++i) {
    const auto read = read_settled(folder.path(), milliseconds(0));
    const auto* set = std::get_if<RuleFilesPtr>(&read);
    if (set == nullptr) continue;
    ++whole;
    ASSERT_EQ((*set)->files.size(), 2u);
    EXPECT_EQ((*set)->files[0].content, (*set)->files[1].content);
  }
  stop = true;
  flipper.join();
  const auto read = read_settled(folder.path(), kPatience);
  EXPECT_TRUE(std::holds_alternative<RuleFilesPtr>(read));
  RecordProperty("whole", whole);
}

TEST(ReadSettled, SaysWhatCannotBeRead) {
  const support::TemporaryFolder folder;
  const auto read = read_settled(folder / "nowhere", kPatience);
  ASSERT_TRUE(std::holds_alternative<ReadError>(read));
  EXPECT_THAT(std::get<ReadError>(read).message, testing::HasSubstr("nowhere"));
}

}  // namespace
}  // namespace kutip::store
