#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "loading/source_text.h"
#include "rule_files.h"
#include "support/has_errors.h"
#include "text/utf8.h"

// Whatever happens to the files of a plugin, load() answers: with a rule set or with errors that can be shown.
namespace kutip::loading {
namespace {

using Random = std::mt19937;

std::size_t below(Random& random, std::size_t size) {
  return std::uniform_int_distribution<std::size_t>(0, size == 0 ? 0 : size - 1)(random);
}

const std::vector<std::string>& fragments() {
  static const std::vector<std::string> kFragments = {"\"",         "'",
                                                      "[",          "]",
                                                      "{",          "}",
                                                      ":",          ": ",
                                                      ", ",         "- ",
                                                      "\n",         "\t",
                                                      "  ",         "#",
                                                      "&a ",        "*a",
                                                      "!t ",        "? ",
                                                      "| ",         ">-\n",
                                                      "---\n",      "...\n",
                                                      "%",          "@",
                                                      "`",          "\\",
                                                      "\xC2\xA0",   "\xE2\x80\x9C",
                                                      "\xFF",       std::string(1, '\0'),
                                                      "\r",         "0",
                                                      "-1",         "null",
                                                      "true",       "$",
                                                      "$x",         "as: cue",
                                                      "max: 64",    "optional: true",
                                                      "{lex: cue}", "{use: comma}",
                                                      "[[",         "]]",
                                                      "|"};
  return kFragments;
}

void mutate(std::string& content, Random& random) {
  const std::size_t at = below(random, content.size() + 1);
  const std::size_t length = std::min(below(random, 24), content.size() - at);
  switch (below(random, 6)) {
    case 0:
      content.erase(at, length);
      break;
    case 1:
      content.insert(at, fragments()[below(random, fragments().size())]);
      break;
    case 2:
      content.insert(at, content.substr(below(random, content.size() + 1), length));
      break;
    case 3:
      if (at < content.size()) content[at] = static_cast<char>(below(random, 256));
      break;
    case 4:  // a file cut short, as an editor that is still writing leaves it
      content.resize(at);
      break;
    default: {
      const std::size_t begin = at == 0 ? 0 : content.rfind('\n', at - 1) + 1;
      content.erase(begin, std::min(content.find('\n', begin), content.size() - 1) - begin + 1);
    }
  }
}

void expect_showable(const Diagnostic& diagnostic, const std::vector<SourceFile>& files) {
  EXPECT_FALSE(diagnostic.message.empty());
  ASSERT_LT(diagnostic.where.file, files.size());
  const SourceText source(diagnostic.where.file, files[diagnostic.where.file].content);
  EXPECT_LE(diagnostic.where.line, source.line_count());
  if (diagnostic.where.line != 0) {
    EXPECT_GE(diagnostic.where.column, 1u);
    EXPECT_GT(diagnostic.where.end_column, diagnostic.where.column);
    EXPECT_LE(diagnostic.where.column, source.line(diagnostic.where.line - 1).size() + 1);
  }
  EXPECT_EQ(text::find_ill_formed(format_text(diagnostic, files)), std::nullopt);
}

TEST(Robustness, MutatedPluginsGiveARuleSetOrErrorsWithPlaces) {
  const std::vector<SourceFile> valid = files_below(KUTIP_SOURCE_DIR "/tests/loading/plugins");
  ASSERT_NE(load(valid).rules, nullptr);
  Random random(20240607);
  int broken = 0;
  for (int round = 0; round < 3000; ++round) {
    SCOPED_TRACE(round);
    std::vector<SourceFile> files = valid;
    std::string& content = files[below(random, files.size())].content;
    for (std::size_t n = 1 + below(random, 4); n > 0; --n) mutate(content, random);
    const LoadResult result = load(files);
    EXPECT_EQ(result.rules == nullptr, support::has_errors(result.diagnostics));
    for (const Diagnostic& diagnostic : result.diagnostics) expect_showable(diagnostic, files);
    if (result.rules == nullptr) ++broken;
    if (HasFailure()) break;
  }
  EXPECT_GT(broken, 1000) << "the mutations are too tame";
}

TEST(Robustness, RandomFragmentsAsRuleFile) {
  Random random(7);
  for (int round = 0; round < 2000; ++round) {
    SCOPED_TRACE(round);
    std::string content = below(random, 2) == 0 ? "schema: kutip.rules/v1\nplugin: p\n" : "";
    for (std::size_t n = below(random, 40); n > 0; --n) content += fragments()[below(random, fragments().size())];
    const std::vector<SourceFile> files = plugin_with_rules(content);
    for (const Diagnostic& diagnostic : load(files).diagnostics) expect_showable(diagnostic, files);
    if (HasFailure()) break;
  }
}

TEST(Robustness, DiagnosticsDoNotDependOnTheOrderOfFiles) {
  std::vector<SourceFile> files = files_below(KUTIP_SOURCE_DIR "/tests/loading/plugins");
  for (SourceFile& file : files) std::replace(file.content.begin(), file.content.end(), 'u', 'o');
  const std::string before = text_of(load(files), files);
  ASSERT_FALSE(before.empty());
  Random random(3);
  for (int round = 0; round < 20; ++round) {
    std::shuffle(files.begin(), files.end(), random);
    EXPECT_EQ(text_of(load(files), files), before);
  }
}

}  // namespace
}  // namespace kutip::loading
