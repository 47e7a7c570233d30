#include "store/atomic_file.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <optional>

#include "support/temporary_folder.h"

namespace kutip::store {
namespace {

namespace fs = std::filesystem;

TEST(AtomicFile, IsWrittenIntoTheCurrentFolder) {
  const support::TemporaryFolder folder;
  const fs::path before = fs::current_path();
  fs::current_path(folder.path());
  const auto why = write_atomically("report.xml", "<testsuites/>");
  fs::current_path(before);
  EXPECT_EQ(why.value_or(""), "");
  EXPECT_EQ(read_whole(folder.path() / "report.xml", 100), std::optional<std::string>("<testsuites/>"));
}

TEST(AtomicFile, KeepsThePermissionsOfTheFileThatWasThere) {
  const support::TemporaryFolder folder;
  const fs::path file = folder.path() / "rules.yaml";
  for (const auto mode : {fs::perms(0600), fs::perms(0664), fs::perms(0755)}) {
    folder.write("rules.yaml", "old");
    fs::permissions(file, mode);
    EXPECT_EQ(write_atomically(file, "new").value_or(""), "");
    EXPECT_EQ(read_whole(file, 100), std::optional<std::string>("new"));
    EXPECT_EQ(fs::status(file).permissions(), mode);
  }
}

TEST(AtomicFile, TellsWhyItCannotBeWritten) {
  const support::TemporaryFolder folder;
  const auto why = write_atomically(folder.path() / "missing" / "report.xml", "");
  ASSERT_TRUE(why.has_value());
  EXPECT_NE(why->find("missing"), std::string::npos);
}

}  // namespace
}  // namespace kutip::store
