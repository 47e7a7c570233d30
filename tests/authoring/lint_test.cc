#include "authoring/lint.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

// What only the rules as a whole tell: cases/NAME/ is a rules folder, NAME.expected beside it what a person is told.
// UPDATE_GOLDENS=1 writes the expectations anew.
namespace kutip::authoring {
namespace {

namespace fs = std::filesystem;

const fs::path kCases = fs::path(KUTIP_SOURCE_DIR) / "tests/authoring/cases";
constexpr loading::Date kToday{2026, 6, 1};

std::string content_of(const fs::path& path) {
  std::ostringstream content;
  content << std::ifstream(path, std::ios::binary).rdbuf();
  return content.str();
}

std::vector<loading::SourceFile> files_below(const fs::path& folder) {
  std::vector<loading::SourceFile> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file())
      files.push_back({fs::relative(entry.path(), folder).generic_string(), content_of(entry.path())});
  std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  return files;
}

std::vector<std::string> case_names() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(kCases))
    if (entry.is_directory()) names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

class LintGolden : public testing::TestWithParam<std::string> {};

TEST_P(LintGolden, TellsWhatIsOdd) {
  const auto files = files_below(kCases / GetParam());
  const loading::LoadResult loaded = loading::load(files, kToday);
  ASSERT_NE(loaded.rules, nullptr);
  std::string actual;
  for (const loading::Diagnostic& each : loaded.diagnostics) actual += loading::format_text(each, files) + "\n";
  for (const loading::Diagnostic& each : lint(loaded, files)) actual += loading::format_text(each, files) + "\n";
  const fs::path golden = kCases / (GetParam() + ".expected");
  if (std::getenv("UPDATE_GOLDENS") != nullptr) std::ofstream(golden, std::ios::binary) << actual;
  EXPECT_FALSE(actual.empty());
  EXPECT_EQ(content_of(golden), actual);
}

INSTANTIATE_TEST_SUITE_P(Cases, LintGolden, testing::ValuesIn(case_names()),
                         [](const auto& test) { return test.param; });

}  // namespace
}  // namespace kutip::authoring
