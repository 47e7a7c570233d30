// The JSON Schemas for editors, held together with the loader: what is right for one is right for the other.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "json_schema.h"
#include "loading/diagnostic_codes.h"
#include "loading/load.h"

namespace kutip {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = KUTIP_SOURCE_DIR;

std::string content_of(const fs::path& path) {
  std::ostringstream content;
  content << std::ifstream(path, std::ios::binary).rdbuf();
  return content.str();
}

// rules, plugin or overlay.
std::string schema_for(const fs::path& file) {
  const std::string name = file.filename().string();
  if (name == "plugin.yaml") return "plugin";
  return name.ends_with("overlay.yaml") ? "overlay" : "rules";
}

// What the schema says against the file; empty: nothing.
std::string violation(const std::string& schema_name, const std::string& content) {
  const auto schema = nlohmann::json::parse(content_of(kRoot / "rules/schema" / (schema_name + ".schema.json")));
  loading::Findings findings;
  const auto document = loading::parse_yaml(loading::SourceText(0, content), findings);
  return document.root ? schema_violation(schema, *document.root) : "no YAML";
}

std::vector<fs::path> shipped_files() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(kRoot / "rules"))
    if (entry.path().extension() == ".yaml") files.push_back(entry.path());
  return files;
}

TEST(Schema, ShippedFilesAreRight) {
  for (const fs::path& file : shipped_files()) EXPECT_EQ(violation(schema_for(file), content_of(file)), "") << file;
}

TEST(Schema, ShippedFilesNameItInTheirFirstLine) {
  for (const fs::path& file : shipped_files()) {
    const fs::path schema =
        fs::relative(kRoot / "rules/schema" / (schema_for(file) + ".schema.json"), file.parent_path());
    const std::string content = content_of(file);
    EXPECT_EQ(content.substr(0, content.find('\n')), "# yaml-language-server: $schema=" + schema.string()) << file;
  }
}

// Codes of mistakes that a schema can see, and of those that it cannot.
const std::set<std::string> kOfShape = {"E301", "E302", "E303", "E304", "E305", "E306", "E308"};
const std::set<std::string> kOfMeaning = {"E201", "E202", "E203", "E205", "E211", "E212", "E213", "E214",
                                          "E215", "E216", "E217", "E218", "E219", "E311", "E312"};

std::set<std::string> codes_of(const fs::path& rules) {
  std::set<std::string> codes;
  std::istringstream lines(content_of(fs::path(rules).replace_extension(".expected")));
  for (std::string line; std::getline(lines, line);)
    for (const std::string start : {"error[", "warning["})
      if (line.starts_with(start)) codes.insert(line.substr(start.size(), 4));
  return codes;
}

TEST(Schema, SeesWhatTheLoaderSees) {
  int wrong = 0, right = 0;
  for (const auto& entry : fs::directory_iterator(kRoot / "tests/loading/cases")) {
    if (entry.path().extension() != ".yaml") continue;
    const auto codes = codes_of(entry.path());
    const auto all_of = [&](const std::set<std::string>& set) {
      return std::all_of(codes.begin(), codes.end(), [&](const auto& c) { return set.contains(c) || c[0] == 'W'; });
    };
    const std::string found = violation("rules", content_of(entry.path()));
    if (all_of(kOfMeaning)) {
      EXPECT_EQ(found, "") << entry.path();
      ++right;
    } else if (all_of(kOfShape)) {
      EXPECT_NE(found, "") << entry.path();
      ++wrong;
    }
  }
  EXPECT_GT(right, 10);
  EXPECT_GT(wrong, 10);
}

}  // namespace
}  // namespace kutip
