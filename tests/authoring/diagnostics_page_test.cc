// docs/diagnostics.md lists every code with the first example that the golden cases have. UPDATE_GOLDENS=1 writes it.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "loading/diagnostic_codes.h"

namespace kutip::authoring {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = KUTIP_SOURCE_DIR;

std::string content_of(const fs::path& path) {
  std::ostringstream content;
  content << std::ifstream(path, std::ios::binary).rdbuf();
  return content.str();
}

std::vector<fs::path> expected_files() {
  std::vector<fs::path> files;
  for (const char* folder : {"tests/loading/cases", "tests/authoring/cases"})
    for (const auto& entry : fs::directory_iterator(kRoot / folder))
      if (entry.path().extension() == ".expected") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

// The code of a diagnostic's first line, error[E103]: …; empty if the line is none.
std::string code_of(const std::string& line) {
  for (const std::string start : {"error[", "warning["})
    if (line.starts_with(start)) return line.substr(start.size(), 4);
  return {};
}

// By code, the shortest example there is.
std::map<std::string, std::string> examples() {
  std::map<std::string, std::string> found;
  for (const fs::path& file : expected_files()) {
    std::istringstream lines(content_of(file));
    std::string code, block;
    const auto keep = [&] {
      std::string& known = found[code];
      if (!code.empty() && (known.empty() || block.size() < known.size())) known = block;
      block.clear();
    };
    for (std::string line; std::getline(lines, line);) {
      if (const std::string next = code_of(line); !next.empty()) {
        keep();
        code = next;
      }
      if (!line.empty()) block += line + "\n";
    }
    keep();
  }
  return found;
}

std::string group_of(std::string_view code) {
  static const std::map<char, std::string> kGroups = {
      {'1', "YAML"},     {'2', "Names"},   {'3', "Values and keys"}, {'4', "Patterns"},
      {'5', "Lexicons"}, {'6', "Plugins"}, {'7', "Overlays"},        {'8', "What only `kutip lint` finds"}};
  return kGroups.at(code[1]);
}

std::string page() {
  std::string out =
      "# Diagnostics\n\nWhat `kutip lint`, `kutip serve` and a reload say of rule files. Codes are stable; E… are "
      "errors, "
      "with which rules do not\ngo live, W… are warnings. The examples are made by the tests, as people see them: "
      "place, "
      "line, what may stand there, and a\nproposal where one is clear. `kutip lint --format json` and `--format sarif` "
      "give the same to programs.\n";
  const auto found = examples();
  std::string group;
  for (const loading::CodeInfo& code : loading::all_codes()) {
    if (group_of(code.id) != group) out += "\n## " + (group = group_of(code.id)) + "\n";
    out += "\n### " + std::string(code.id) + ": " + std::string(code.title) + "\n";
    const auto example = found.find(std::string(code.id));
    EXPECT_NE(example, found.end()) << code.id << " has no golden case";
    if (example != found.end()) out += "\n```\n" + example->second + "```\n";
  }
  return out;
}

TEST(DiagnosticsPage, ListsEveryCodeWithAnExample) {
  const fs::path path = kRoot / "docs/diagnostics.md";
  const std::string expected = page();
  if (std::getenv("UPDATE_GOLDENS") != nullptr) {
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << expected;
  }
  EXPECT_EQ(content_of(path), expected) << "UPDATE_GOLDENS=1 writes it anew";
}

}  // namespace
}  // namespace kutip::authoring
