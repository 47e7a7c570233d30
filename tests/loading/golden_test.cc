#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "rule_files.h"

// Each mistake has a case: cases/NAME.yaml (a rule file of a plugin that is right) or cases/NAME/ (a whole rules
// folder), beside NAME.expected, what a person is told. UPDATE_GOLDENS=1 writes the expectations anew.
namespace kutip::loading {
namespace {

namespace fs = std::filesystem;

const fs::path kCases = fs::path(KUTIP_SOURCE_DIR) / "tests/loading/cases";

std::vector<std::string> case_names() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(kCases))
    if (entry.path().extension() != ".expected") names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

class Golden : public testing::TestWithParam<std::string> {};

TEST_P(Golden, TellsWhatIsWrong) {
  const fs::path path = kCases / GetParam();
  const std::vector<SourceFile> files =
      fs::is_directory(path) ? files_below(path) : plugin_with_rules(file_content(path));
  const std::string actual = text_of(load(files), files);
  fs::path golden = path;
  golden.replace_extension(".expected");
  if (std::getenv("UPDATE_GOLDENS") != nullptr) std::ofstream(golden, std::ios::binary) << actual;
  EXPECT_FALSE(actual.empty()) << "the case is not wrong";
  EXPECT_EQ(file_content(golden), actual);
  EXPECT_EQ(text_of(load(files, std::nullopt, 4), files), actual) << "on four threads";
}

std::string test_name(const testing::TestParamInfo<std::string>& test) {
  std::string name = fs::path(test.param).stem().string();
  std::replace_if(
      name.begin(), name.end(), [](char c) { return !std::isalnum(static_cast<unsigned char>(c)); }, '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Cases, Golden, testing::ValuesIn(case_names()), test_name);

}  // namespace
}  // namespace kutip::loading
