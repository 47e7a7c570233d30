// Keeps the structure that ARCHITECTURE.md draws: which folder may include which, and that C++ knows no word of a
// language.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

const fs::path kRoot = KUTIP_SOURCE_DIR;

std::string read(const fs::path& path) {
  std::ostringstream content;
  content << std::ifstream(path, std::ios::binary).rdbuf();
  return content.str();
}

std::vector<fs::path> cpp_files(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(kRoot / folder))
    if (entry.path().extension() == ".cc" || entry.path().extension() == ".h") files.push_back(entry.path());
  return files;
}

// Folder of plugins/ or service/ that a quoted include names, like "text" for "text/span.h"; "" for one beside the
// file.
std::string included_folder(const std::string& include) {
  const auto slash = include.find('/');
  return slash == std::string::npos ? "" : include.substr(0, slash);
}

std::vector<std::string> matches(const std::string& content, const std::regex& pattern) {
  std::vector<std::string> found;
  for (std::sregex_iterator it(content.begin(), content.end(), pattern), end; it != end; ++it)
    found.push_back((*it)[1]);
  return found;
}

const std::regex kQuotedInclude("#include \"([^\"]+)\"");
const std::regex kSystemInclude("#include <([^>]+)>");

TEST(Layout, EachPluginsFolderIncludesOnlyWhatItsArrowsAllow) {
  const std::map<std::string, std::set<std::string>> may_include = {
      {"text", {"text"}},
      {"matching", {"matching", "text"}},
      {"tagging", {"tagging", "matching", "text"}},
      {"loading", {"loading", "tagging", "matching", "text"}},
      {"store", {"store", "authoring", "loading", "tagging", "matching", "text"}},
      {"authoring", {"authoring", "loading", "tagging", "matching", "text"}},
  };
  for (const auto& [folder, allowed] : may_include) {
    if (!fs::exists(kRoot / "plugins" / folder)) continue;
    for (const auto& file : cpp_files("plugins/" + folder))
      for (const auto& include : matches(read(file), kQuotedInclude))
        EXPECT_TRUE(included_folder(include).empty() || allowed.contains(included_folder(include)))
            << fs::relative(file, kRoot) << " includes " << include;
  }
}

TEST(Layout, EachLibraryHasOneUser) {
  const std::map<std::string, std::string> only_in = {{"unicode/", "plugins/text/"},
                                                      {"yaml-cpp/", "plugins/loading/"},
                                                      {"grpc", "service/"},
                                                      {"google/protobuf", "service/"}};
  std::vector<fs::path> files = cpp_files("plugins");
  for (const auto& file : cpp_files("service")) files.push_back(file);
  for (const auto& file : files) {
    const std::string path = fs::relative(file, kRoot).string();
    for (const auto& include : matches(read(file), kSystemInclude))
      for (const auto& [library, home] : only_in)
        if (include.starts_with(library)) {
          EXPECT_TRUE(path.starts_with(home)) << path << " includes <" << include << ">";
        }
  }
}

TEST(Layout, PluginsKnowNothingOfServiceAndContract) {
  for (const auto& file : cpp_files("plugins"))
    EXPECT_THAT(
        matches(read(file), kQuotedInclude),
        testing::Each(testing::Not(testing::AnyOf(testing::StartsWith("kutip/"), testing::StartsWith("service/")))))
        << fs::relative(file, kRoot);
}

// Words by which a language reports speech or names an office, from the lexicons of all plugins.
std::set<std::string> telling_words() {
  std::set<std::string> words;
  for (const auto& entry : fs::recursive_directory_iterator(kRoot / "rules")) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with("cue") && !name.starts_with("role") && !name.starts_with("pronoun")) continue;
    if (entry.path().parent_path().filename() != "lexicons") continue;
    std::istringstream lines(read(entry.path()));
    for (std::string line; std::getline(lines, line);)
      if (!line.empty() && line[0] != '#') words.insert(line.substr(0, line.find('\t')));
  }
  return words;
}

TEST(Layout, NoStringInCppIsAWordOfALanguage) {
  const auto words = telling_words();
  ASSERT_FALSE(words.empty());
  // Words that are also terms of programming or of the rule language.
  const std::set<std::string> terms = {"speaker", "continues", "continued", "labels",  "anchor",   "parent", "it",
                                       "note",    "report",    "reads",     "read",    "state",    "add",    "adds",
                                       "name",    "who",       "we",        "i",       "you",      "notes",  "states",
                                       "reports", "say",       "tell",      "server",  "expected", "writes", "write",
                                       "warning", "reporting", "predicted", "explain", "driver"};
  const std::regex literal("\"((?:[^\"\\\\\n]|\\\\.)*)\"");
  std::vector<fs::path> files = cpp_files("plugins");
  for (const auto& file : cpp_files("service")) files.push_back(file);
  for (const auto& file : files)
    for (const auto& text : matches(read(file), literal))
      EXPECT_FALSE(words.contains(text) && !terms.contains(text)) << fs::relative(file, kRoot) << ": \"" << text << '"';
}

}  // namespace
