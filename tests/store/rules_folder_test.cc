#include "store/rules_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

namespace kutip::store {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

class RulesFolder : public testing::Test {
 protected:
  RulesFolder() {
    std::string name = (fs::temp_directory_path() / "kutip-rules-XXXXXX").string();
    root_ = ::mkdtemp(name.data());
  }
  ~RulesFolder() override {
    std::error_code ignored;
    fs::permissions(root_, fs::perms::owner_all, ignored);
    fs::remove_all(root_, ignored);
  }

  void write(const std::string& path, std::string_view content = "x") {
    fs::create_directories((root_ / path).parent_path());
    std::ofstream(root_ / path, std::ios::binary) << content;
  }

  std::vector<std::string> paths() {
    const auto read = read_rules_folder(root_);
    if (const auto* error = std::get_if<ReadError>(&read)) return {"error: " + error->message};
    std::vector<std::string> found;
    for (const auto& file : std::get<0>(read)) found.push_back(file.path);
    return found;
  }

  std::string error() {
    const auto read = read_rules_folder(root_);
    const auto* failure = std::get_if<ReadError>(&read);
    return failure == nullptr ? "no error" : failure->message;
  }

  fs::path root_;
};

TEST_F(RulesFolder, RuleFilesAreReadSortedByPath) {
  write("id/quotes.yaml");
  write("id/lexicons/cue.tsv", std::string("a\0b\xFF", 4));
  write("en/plugin.yml");
  write("id/notes.txt");
  EXPECT_THAT(paths(), ElementsAre("en/plugin.yml", "id/lexicons/cue.tsv", "id/notes.txt", "id/quotes.yaml"));
  EXPECT_EQ(std::get<0>(read_rules_folder(root_))[1].content, std::string("a\0b\xFF", 4));
}

TEST_F(RulesFolder, HiddenFilesSwapFilesAndOthersArePassedOver) {
  for (const char* name : {"id/.quotes.yaml.swp", "id/quotes.yaml~", "id/#quotes.yaml#", "id/.hidden.yaml",
                           ".git/config.yaml", "id/quotes.yaml.swp", "LANGUAGE.md", "schema/rules.json", "id/.#q.yaml"})
    write(name);
  write("id/quotes.yaml");
  EXPECT_THAT(paths(), ElementsAre("id/quotes.yaml"));
}

TEST_F(RulesFolder, LinksInsideAreFollowed) {
  write("versions/1/quotes.yaml");
  fs::create_directory_symlink("versions/1", root_ / "id");
  fs::create_symlink("versions/1/quotes.yaml", root_ / "one.yaml");
  EXPECT_THAT(paths(), ElementsAre("id/quotes.yaml", "one.yaml", "versions/1/quotes.yaml"));
}

TEST_F(RulesFolder, TheFolderItselfMayBeALink) {
  write("set/id/quotes.yaml");
  fs::create_directory_symlink("set", root_ / "current");
  const auto read = read_rules_folder(root_ / "current");
  ASSERT_TRUE(std::holds_alternative<std::vector<loading::SourceFile>>(read));
  EXPECT_EQ(std::get<0>(read).at(0).path, "id/quotes.yaml");
}

TEST_F(RulesFolder, LinksOutsideAreRefused) {
  write("id/quotes.yaml");
  fs::create_symlink("/etc/hostname", root_ / "id/host.txt");
  EXPECT_THAT(error(), HasSubstr("leads out of the rules folder"));
}

TEST_F(RulesFolder, BrokenLinksAndLoopsAreRefused) {
  write("id/quotes.yaml");
  fs::create_symlink("nowhere.yaml", root_ / "id/broken.yaml");
  EXPECT_THAT(error(), HasSubstr("broken.yaml"));
  fs::remove(root_ / "id/broken.yaml");
  fs::create_directory_symlink("..", root_ / "id/up");
  EXPECT_THAT(error(), HasSubstr("up"));
}

TEST_F(RulesFolder, SpecialFilesAreRefusedWithoutWaiting) {
  write("id/quotes.yaml");
  ASSERT_EQ(::mkfifo((root_ / "id/pipe.yaml").c_str(), 0600), 0);
  EXPECT_THAT(error(), HasSubstr("pipe.yaml: is not a regular file"));
}

TEST_F(RulesFolder, UnreadableFilesAreRefused) {
  if (::geteuid() == 0) GTEST_SKIP() << "root reads everything";
  write("id/quotes.yaml");
  fs::permissions(root_ / "id/quotes.yaml", fs::perms::none);
  EXPECT_THAT(error(), HasSubstr("Permission denied"));
}

TEST_F(RulesFolder, LargeFilesAreRefused) {
  write("id/quotes.yaml");
  fs::resize_file(root_ / "id/quotes.yaml", (std::uintmax_t{64} << 20) + 1);
  EXPECT_THAT(error(), HasSubstr("larger than 64 MiB"));
}

TEST_F(RulesFolder, MissingFoldersAndFilesInTheirPlaceAreTold) {
  const auto missing = read_rules_folder(root_ / "nowhere");
  EXPECT_THAT(std::get<ReadError>(missing).message, HasSubstr("nowhere"));
  write("file.yaml");
  const auto file = read_rules_folder(root_ / "file.yaml");
  EXPECT_THAT(std::get<ReadError>(file).message, HasSubstr("is not a folder"));
}

TEST_F(RulesFolder, AnEmptyFolderHasNoFiles) {
  EXPECT_THAT(paths(), ElementsAre());
}

}  // namespace
}  // namespace kutip::store
