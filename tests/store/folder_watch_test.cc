#include "store/folder_watch.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <thread>

#include "support/temporary_folder.h"

namespace kutip::store {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;
using Event = FolderWatch::Event;

// What a change takes to be told, at most; a test that waits for it ends with the change.
constexpr milliseconds kSoon{20'000};
// Nothing comes in this time.
constexpr milliseconds kNothing{30};

class WatchedFolder : public testing::Test {
 protected:
  WatchedFolder() { folder_.write("rules/id/quotes.yaml", "one"); }

  void watch(const fs::path& path) { watch_.emplace(path); }
  bool tells() { return watch_->wait(kSoon) == Event::kChanged; }
  bool is_silent() {
    while (watch_->wait(kNothing) == Event::kChanged) {
    }
    return true;
  }
  bool stays_silent() { return watch_->wait(kNothing) == Event::kTimeout; }

  support::TemporaryFolder folder_;
  std::optional<FolderWatch> watch_;
};

TEST_F(WatchedFolder, TellsNothingWhileNothingChanges) {
  watch(folder_ / "rules");
  EXPECT_TRUE(stays_silent());
}

TEST_F(WatchedFolder, TellsOfWritingMakingRenamingAndDeleting) {
  watch(folder_ / "rules");
  folder_.write("rules/id/quotes.yaml", "two");
  EXPECT_TRUE(tells() && is_silent());
  folder_.write("rules/id/new.yaml", "x");
  EXPECT_TRUE(tells() && is_silent());
  fs::rename(folder_ / "rules/id/new.yaml", folder_ / "rules/id/quotes.yaml");
  EXPECT_TRUE(tells() && is_silent());
  fs::remove(folder_ / "rules/id/quotes.yaml");
  EXPECT_TRUE(tells() && is_silent());
}

TEST_F(WatchedFolder, TellsOfFilesInFoldersThatAreNew) {
  watch(folder_ / "rules");
  fs::create_directories(folder_ / "rules/en/lexicons");
  EXPECT_TRUE(tells() && is_silent());
  folder_.write("rules/en/lexicons/cue.tsv", "said");
  EXPECT_TRUE(tells());
}

TEST_F(WatchedFolder, EditorsOwnFilesAreNoChange) {
  watch(folder_ / "rules");
  for (const char* name : {".quotes.yaml.swp", "quotes.yaml~", "#quotes.yaml#", ".#quotes.yaml"})
    folder_.write(std::string("rules/id/") + name, "x");
  EXPECT_TRUE(stays_silent());
}

TEST_F(WatchedFolder, AnEditorThatWritesBesideAndRenamesIsAChange) {
  watch(folder_ / "rules");
  folder_.write("rules/id/.quotes.yaml.new", "two");
  EXPECT_TRUE(stays_silent());
  fs::rename(folder_ / "rules/id/.quotes.yaml.new", folder_ / "rules/id/quotes.yaml");
  EXPECT_TRUE(tells());
}

TEST_F(WatchedFolder, TheFolderMayGoAndComeAgain) {
  watch(folder_ / "rules");
  fs::rename(folder_ / "rules", folder_ / "away");
  EXPECT_TRUE(tells() && is_silent());
  folder_.write("away/id/quotes.yaml", "of no interest now");
  EXPECT_TRUE(stays_silent());
  fs::rename(folder_ / "away", folder_ / "rules");
  EXPECT_TRUE(tells() && is_silent());
  folder_.write("rules/id/quotes.yaml", "two");
  EXPECT_TRUE(tells());
}

TEST_F(WatchedFolder, FoldersAboveMayGoAndComeAgain) {
  folder_.write("deep/er/rules/id/quotes.yaml", "one");
  watch(folder_ / "deep/er/rules");
  fs::rename(folder_ / "deep", folder_ / "away");
  EXPECT_TRUE(tells() && is_silent());
  folder_.write("deep/er/rules/id/quotes.yaml", "two");
  EXPECT_TRUE(tells());
}

TEST_F(WatchedFolder, AFolderThatIsNotThereYetIsWaitedFor) {
  watch(folder_ / "later/rules");
  EXPECT_TRUE(stays_silent());
  folder_.write("later/rules/id/quotes.yaml", "one");
  EXPECT_TRUE(tells());
}

TEST_F(WatchedFolder, TheFolderMayBeALinkThatIsTurned) {
  folder_.write("2/id/quotes.yaml", "two");
  fs::create_directory_symlink("rules", folder_ / "current");
  watch(folder_ / "current");
  folder_.write("rules/id/quotes.yaml", "behind the link");
  EXPECT_TRUE(tells() && is_silent());
  fs::create_directory_symlink("2", folder_ / "next");
  EXPECT_TRUE(stays_silent());
  fs::rename(folder_ / "next", folder_ / "current");
  EXPECT_TRUE(tells() && is_silent());
  folder_.write("2/id/quotes.yaml", "three");
  EXPECT_TRUE(tells());
}

// How Kubernetes lays out and replaces a ConfigMap.
TEST_F(WatchedFolder, AConfigMapsDataLinkIsAChange) {
  folder_.write("map/..1/id/quotes.yaml", "one");
  folder_.write("map/..2/id/quotes.yaml", "two");
  fs::create_directory_symlink("..1", folder_ / "map/..data");
  fs::create_directory_symlink("..data/id", folder_ / "map/id");
  watch(folder_ / "map");
  EXPECT_TRUE(stays_silent());
  fs::create_directory_symlink("..2", folder_ / "map/..data_tmp");
  fs::rename(folder_ / "map/..data_tmp", folder_ / "map/..data");
  EXPECT_TRUE(tells());
}

TEST_F(WatchedFolder, KnowsWhileAFileIsOpenForWriting) {
  watch(folder_ / "rules");
  const int file = ::open((folder_ / "rules/id/quotes.yaml").c_str(), O_WRONLY | O_TRUNC);
  ASSERT_GE(file, 0);
  ASSERT_EQ(::write(file, "ha", 2), 2);
  EXPECT_TRUE(tells());
  EXPECT_TRUE(watch_->someone_writes());
  ASSERT_EQ(::write(file, "lf", 2), 2);
  ::close(file);
  EXPECT_TRUE(tells() && is_silent());
  EXPECT_FALSE(watch_->someone_writes());
}

TEST_F(WatchedFolder, IsWokenByAnotherThread) {
  watch(folder_ / "rules");
  std::thread other([&] { watch_->wake(); });
  EXPECT_EQ(watch_->wait(kSoon), Event::kWoken);
  other.join();
  EXPECT_TRUE(stays_silent());
}

TEST_F(WatchedFolder, WithoutNotificationsItLooks) {
  watch(folder_ / "rules");
  watch_->look_only();
  EXPECT_TRUE(watch_->looks_only());
  EXPECT_TRUE(stays_silent());
  folder_.write("rules/id/quotes.yaml", "two");
  EXPECT_TRUE(tells());
  fs::remove_all(folder_ / "rules");
  EXPECT_TRUE(tells());
}

}  // namespace
}  // namespace kutip::store
