#include "store/state_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>

#include "store/rule_archive.h"
#include "support/temporary_folder.h"

namespace kutip::store {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

RuleFilesPtr set_of(std::string content) {
  return make_rule_files({{"id/quotes.yaml", std::move(content)}, {"id/cue.tsv", std::string("a\0\xFF\n", 4)}});
}

std::vector<std::string> digests_in(const StateFolder& state) {
  std::vector<std::string> digests;
  for (const auto& set : state.load()) digests.push_back(set->digest);
  return digests;
}

TEST(RuleArchive, GivesBackWhatWasPacked) {
  const auto set = set_of("one");
  const auto unpacked = unpack(pack(*set), set->digest);
  ASSERT_NE(unpacked, nullptr);
  ASSERT_EQ(unpacked->files.size(), 2u);
  EXPECT_EQ(unpacked->files[0].path, "id/cue.tsv");
  EXPECT_EQ(unpacked->files[0].content, std::string("a\0\xFF\n", 4));
}

TEST(RuleArchive, NoticesEveryCutAndEveryChangedByte) {
  const auto set = set_of("one");
  const std::string bytes = pack(*set);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    EXPECT_EQ(unpack(bytes.substr(0, i), set->digest), nullptr) << i;
    std::string changed = bytes;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_EQ(unpack(changed, set->digest), nullptr) << i;
  }
  EXPECT_EQ(unpack(bytes + "x", set->digest), nullptr);
}

class StateFolderTest : public testing::Test {
 protected:
  support::TemporaryFolder folder_;
  StateFolder state_{folder_ / "state"};
  const std::vector<RuleFilesPtr> sets_ = {set_of("three"), set_of("two"), set_of("one")};
};

TEST_F(StateFolderTest, HoldsNothingAtFirst) {
  EXPECT_THAT(state_.load(), IsEmpty());
}

TEST_F(StateFolderTest, GivesTheLatestFirst) {
  ASSERT_EQ(state_.keep(sets_), std::nullopt);
  EXPECT_THAT(digests_in(state_), ElementsAre(sets_[0]->digest, sets_[1]->digest, sets_[2]->digest));
}

TEST_F(StateFolderTest, RemovesWhatIsNotKept) {
  ASSERT_EQ(state_.keep(sets_), std::nullopt);
  folder_.write("state/notes.txt", "not ours");
  folder_.write("state/" + sets_[1]->digest + ".ruleset.tmp", "left by a crash");
  ASSERT_EQ(state_.keep(std::vector{sets_[2]}), std::nullopt);
  EXPECT_THAT(digests_in(state_), ElementsAre(sets_[2]->digest));
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder_ / "state")) names.push_back(entry.path().filename().string());
  EXPECT_THAT(names, testing::UnorderedElementsAre("history", "notes.txt", sets_[2]->digest + ".ruleset"));
}

TEST_F(StateFolderTest, PassesOverWhatIsDamaged) {
  ASSERT_EQ(state_.keep(sets_), std::nullopt);
  const std::string file = "state/" + sets_[0]->digest + ".ruleset";
  folder_.write(file, pack(*sets_[0]).substr(0, 30));
  EXPECT_THAT(digests_in(state_), ElementsAre(sets_[1]->digest, sets_[2]->digest));
  folder_.write("state/history", "../../etc/passwd\nnonsense\n" + sets_[2]->digest + "\n");
  EXPECT_THAT(digests_in(state_), ElementsAre(sets_[2]->digest));
}

TEST_F(StateFolderTest, ACrashBetweenTwoFilesLeavesTheOldState) {
  ASSERT_EQ(state_.keep(std::vector{sets_[2]}), std::nullopt);
  folder_.write("state/" + sets_[0]->digest + ".ruleset", pack(*sets_[0]));
  folder_.write("state/history.tmp", sets_[0]->digest.substr(0, 10));
  EXPECT_THAT(digests_in(state_), ElementsAre(sets_[2]->digest));
}

// A limit on the size of files fails as a full disk does: in the middle of writing.
TEST_F(StateFolderTest, AFullDiskLosesNothingAndIsTold) {
  ASSERT_EQ(state_.keep(std::vector{sets_[2]}), std::nullopt);
  const auto large = set_of(std::string(100'000, 'x'));
  rlimit old{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &old), 0);
  const auto handler = ::signal(SIGXFSZ, SIG_IGN);
  const rlimit small{50'000, old.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
  const auto failure = state_.keep(std::vector{large, sets_[2]});
  ::setrlimit(RLIMIT_FSIZE, &old);
  ::signal(SIGXFSZ, handler);
  ASSERT_TRUE(failure);
  EXPECT_THAT(*failure, HasSubstr("File too large"));
  EXPECT_THAT(digests_in(state_), ElementsAre(sets_[2]->digest));
  ASSERT_EQ(state_.keep(std::vector{large, sets_[2]}), std::nullopt);
  EXPECT_THAT(digests_in(state_), ElementsAre(large->digest, sets_[2]->digest));
}

TEST_F(StateFolderTest, SaysThatItsFolderIsNone) {
  folder_.write("state", "a file");
  const auto failure = state_.keep(sets_);
  ASSERT_TRUE(failure);
  EXPECT_THAT(*failure, HasSubstr("state"));
}

}  // namespace
}  // namespace kutip::store
