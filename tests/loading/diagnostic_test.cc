#include "loading/diagnostic.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kutip::loading {
namespace {

using testing::HasSubstr;

Diagnostic unknown_lexicon() {
  Diagnostic d;
  d.code = "E214";
  d.message = "unknown lexicon `ujaran`";
  d.where = {0, 2, 9, 15};
  d.expected = "one of `cue`, `ujar`";
  d.help = "did you mean `ujar`?";
  d.replacement = "ujar";
  return d;
}

TEST(FormatText, ShowsThePlaceWhatWasExpectedAndThePatch) {
  const std::vector<SourceFile> files = {{"id/quotes.yaml", "pattern:\n- {lex: ujaran, as: cue}\n"}};
  EXPECT_EQ(format_text(unknown_lexicon(), files),
            "error[E214]: unknown lexicon `ujaran`\n"
            "  --> id/quotes.yaml:2:9\n"
            "  |\n"
            "2 | - {lex: ujaran, as: cue}\n"
            "  |         ^^^^^^\n"
            "expected: one of `cue`, `ujar`\n"
            "help: did you mean `ujar`?\n"
            "2 | - {lex: ujar, as: cue}\n");
}

TEST(FormatText, CaretsStandUnderCodePointsAndTabs) {
  const std::vector<SourceFile> files = {{"a.tsv", "\té\tx y\n"}};
  Diagnostic d = unknown_lexicon();
  d.severity = Severity::kWarning;
  d.where = {0, 1, 4, 7};
  d.replacement.clear();
  EXPECT_THAT(format_text(d, files), HasSubstr("warning[E214]"));
  EXPECT_THAT(format_text(d, files), HasSubstr("1 | \té\tx y\n  | \t \t^^^\n"));
}

TEST(FormatText, ShowsOtherPlaces) {
  const std::vector<SourceFile> files = {{"a.yaml", "x\n"}, {"b.yaml", "y\n"}};
  Diagnostic d = unknown_lexicon();
  d.where = {0, 0, 0, 0};
  d.related = {{{1, 1, 1, 2}, "first here"}};
  EXPECT_EQ(format_text(d, files),
            "error[E214]: unknown lexicon `ujaran`\n  --> a.yaml\n  ::: b.yaml:1:1: first here\n"
            "expected: one of `cue`, `ujar`\nhelp: did you mean `ujar`?\n");
}

TEST(FormatText, OfALongLineShowsThePartAroundThePlace) {
  const std::vector<SourceFile> files = {{"a.yaml", std::string(5000, 'a') + "HERE" + std::string(5000, 'b')}};
  Diagnostic d = unknown_lexicon();
  d.where = {0, 1, 5001, 5005};
  const std::string text = format_text(d, files);
  EXPECT_LT(text.size(), 1000u);
  EXPECT_THAT(text, HasSubstr("aHEREb"));
  EXPECT_THAT(text, HasSubstr(" ^^^^\n"));
}

TEST(FormatText, SurvivesPlacesThatAreNotThere) {
  const std::vector<SourceFile> files = {{"a.yaml", "x"}};
  Diagnostic d = unknown_lexicon();
  for (const SourceRange where : {SourceRange{7, 1, 1, 2}, SourceRange{0, 9, 1, 2}, SourceRange{0, 1, 50, 60}}) {
    d.where = where;
    EXPECT_THAT(format_text(d, files), HasSubstr("E214"));
  }
}

TEST(SortDiagnostics, ByFileLineColumnThenCode) {
  std::vector<Diagnostic> list(4, unknown_lexicon());
  list[0].where = {1, 1, 1, 2};
  list[1].where = {0, 2, 5, 6};
  list[2].where = {0, 2, 1, 2};
  list[3].where = {0, 2, 1, 2};
  list[3].code = "E101";
  sort_diagnostics(list);
  EXPECT_EQ(list[0].code, "E101");
  EXPECT_EQ(list[1].where.column, 1u);
  EXPECT_EQ(list[2].where.column, 5u);
  EXPECT_EQ(list[3].where.file, 1u);
}

}  // namespace
}  // namespace kutip::loading
