#include "loading/lexicon_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kutip::loading {
namespace {

using testing::ElementsAre;

struct Read {
  std::vector<std::string> cells;
  std::vector<std::uint32_t> lines;
  std::vector<std::string> codes;
};

Read read(const std::string& content, std::size_t columns) {
  Findings findings;
  const SourceText source(0, content);
  const LexiconRows rows = read_lexicon_file(source, columns, findings);
  Read result;
  for (const std::string_view cell : rows.cells) result.cells.emplace_back(cell);
  for (const SourceRange& form : rows.forms) result.lines.push_back(form.line);
  for (const Diagnostic& d : findings.take())
    result.codes.push_back(d.code + " " + std::to_string(d.where.line) + ":" + std::to_string(d.where.column));
  return result;
}

TEST(LexiconFile, OneEntryALineWithTabsBetweenColumns) {
  const Read result = read("# form\tlemma\nkata\nmengatakan\tkata\n\n   \nketua umum\tketua\n", 2);
  EXPECT_THAT(result.cells, ElementsAre("kata", "", "mengatakan", "kata", "ketua umum", "ketua"));
  EXPECT_THAT(result.lines, ElementsAre(2, 3, 6));
  EXPECT_THAT(result.codes, ElementsAre());
}

TEST(LexiconFile, TheLastLineNeedsNoEnd) {
  EXPECT_THAT(read("kata\nujar", 1).cells, ElementsAre("kata", "ujar"));
  EXPECT_THAT(read("kata\r\nujar\r\n", 1).cells, ElementsAre("kata", "ujar"));
  EXPECT_THAT(read("", 1).cells, ElementsAre());
}

TEST(LexiconFile, ColumnsBeyondTheDeclaredAreReportedWhereTheyStand) {
  const Read result = read("é\tb\tc\nx\ty\n", 2);
  EXPECT_THAT(result.codes, ElementsAre("E502 1:5"));
  EXPECT_THAT(result.cells, ElementsAre("é", "b", "x", "y"));
}

TEST(LexiconFile, SpacesAroundColumnsAreTakenOffWithAWarning) {
  const Read result = read(" kata\nujar \tx\nucap\t y\n", 2);
  EXPECT_THAT(result.cells, ElementsAre("kata", "", "ujar", "x", "ucap", "y"));
  EXPECT_THAT(result.codes, ElementsAre("W512 1:1", "W512 2:5", "W512 3:6"));
}

TEST(LexiconFile, AnEntryNeedsAForm) {
  const Read result = read("\tkata\n \tx\nujar\n", 2);
  EXPECT_THAT(result.cells, ElementsAre("ujar", ""));
  EXPECT_THAT(result.codes, ElementsAre("E504 1:1", "E504 2:1", "W512 2:1"));
}

TEST(LexiconFile, FormsOutsideNfcAreWarnedOf) {
  const Read result = read("cafe\u0301\ncaf\u00E9\n", 1);
  EXPECT_THAT(result.codes, ElementsAre("W513 1:1"));
}

TEST(LexiconFile, ControlCharactersAndOtherEncodingsAreErrors) {
  EXPECT_THAT(read("kata\nuj\x02\n", 1).codes, ElementsAre("E112 2:3"));
  EXPECT_THAT(read("kata\ncaf\xE9\n", 1).codes, ElementsAre("E102 2:4"));
}

}  // namespace
}  // namespace kutip::loading
