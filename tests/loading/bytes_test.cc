#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rule_files.h"

// Mistakes in the bytes of a file, which files in a repository cannot show well.
namespace kutip::loading {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const std::string kHead = "schema: kutip.rules/v1\nplugin: p\n";

struct Result {
  std::vector<std::string> codes;
  std::string text;
};

Result load_rules(std::string_view rules) {
  const std::vector<SourceFile> files = plugin_with_rules(rules);
  const LoadResult result = load(files);
  return {codes_of(result, files), text_of(result, files)};
}

TEST(Bytes, IllFormedUtf8IsRefusedAtItsPlace) {
  const Result result = load_rules(kHead + "rules: [] # caf\xE9\nmacros: {} # \xC3\xA9 \xFF\n");
  EXPECT_THAT(result.codes, ElementsAre("E102 p/rules.yaml:3:16", "E102 p/rules.yaml:4:16"));
  EXPECT_THAT(result.text, HasSubstr("rules: [] # caf\xEF\xBF\xBD\n"));
}

TEST(Bytes, SurrogatesAndOverlongFormsAreRefused) {
  EXPECT_THAT(load_rules(kHead + "# \xED\xA0\x80\n").codes, ElementsAre("E102 p/rules.yaml:3:3"));
  EXPECT_THAT(load_rules(kHead + "# \xC0\x80\n").codes, ElementsAre("E102 p/rules.yaml:3:3"));
}

TEST(Bytes, Utf16IsNamed) {
  const Result little = load_rules(std::string("\xFF\xFEr\0u\0", 6));
  EXPECT_THAT(little.codes, ElementsAre("E102 p/rules.yaml"));
  EXPECT_THAT(little.text, HasSubstr("UTF-16"));
  EXPECT_THAT(load_rules(std::string("\0r\0u", 4)).text, HasSubstr("UTF-16"));
}

TEST(Bytes, ControlCharactersAreNamed) {
  const Result result =
      load_rules(kHead + "# a" + std::string(1, '\0') + "b\n# \x04\n# \x1B[31m\n# \xC2\x9F\n# a\rb\n");
  EXPECT_THAT(result.codes, ElementsAre("E112 p/rules.yaml:3:4", "E112 p/rules.yaml:4:3", "E112 p/rules.yaml:5:3",
                                        "E112 p/rules.yaml:6:3", "E112 p/rules.yaml:7:4"));
  EXPECT_THAT(result.text, HasSubstr("U+0000 NULL"));
  EXPECT_THAT(result.text, HasSubstr("U+0004"));
  EXPECT_THAT(result.text, HasSubstr("U+001B ESCAPE"));
  EXPECT_THAT(result.text, HasSubstr("U+009F"));
  EXPECT_EQ(result.text.find('\x1B'), std::string::npos);
}

TEST(Bytes, ByteOrderMarkIsNoMistakeAndTakesNoColumn) {
  const std::string mark = "\xEF\xBB\xBF";
  EXPECT_THAT(load_rules(mark + kHead + "rules: []\n").codes, ElementsAre());
  EXPECT_THAT(load_rules(mark + "schem: x\n" + kHead).codes, ElementsAre("E303 p/rules.yaml:1:1"));
}

TEST(Bytes, ByteOrderMarkElsewhereIsOddAtAKey) {
  const Result result = load_rules(kHead + "\xEF\xBB\xBFrules: []\n");
  EXPECT_THAT(result.codes, ElementsAre("E113 p/rules.yaml:3:1"));
  EXPECT_THAT(result.text, HasSubstr("U+FEFF BYTE ORDER MARK"));
}

TEST(Bytes, LinesMayEndWithCarriageReturnAndLineFeed) {
  const std::string rules =
      "schema: kutip.rules/v1\r\nplugin: p\r\nrules:\r\n  - id: r\r\n    phase: quotes\r\n    pattern:\r\n"
      "      - {lex: cue}\r\n    emit:\r\n      - {type: QUOTE, span: $match}\r\n    tests:\r\n      - text: |-\r\n"
      "          “Ya,”\r\n          [[match|kata]] Budi.\r\n";
  EXPECT_THAT(load_rules(rules).codes, ElementsAre());
  const Result wrong =
      load_rules(rules + "      - text: |-\r\n          Ya.\r\n          “Ya,” [[ceu|kata]] Budi.\r\n");
  EXPECT_THAT(wrong.codes, ElementsAre("E212 p/rules.yaml:16:19"));
  EXPECT_THAT(wrong.text, HasSubstr("16 |           “Ya,” [[ceu|kata]] Budi.\n"));
}

TEST(Bytes, LexiconsToo) {
  std::vector<SourceFile> files = plugin_with_rules(kHead);
  files[1].content = "\xEF\xBB\xBFkata\r\nmengatakan\tkata\r\n";
  EXPECT_THAT(codes_of(load(files), files), ElementsAre());
  files[1].content = "kata\nuj\xE4r\nre\x01k\n";
  EXPECT_THAT(codes_of(load(files), files), ElementsAre("E102 p/lexicons/cue.tsv:2:3"));
  files[1].content = "kata\nre\x01k\n";
  EXPECT_THAT(codes_of(load(files), files), ElementsAre("E112 p/lexicons/cue.tsv:2:3"));
}

TEST(Bytes, FilesTooLargeAreRefusedUnread) {
  EXPECT_THAT(load_rules(std::string((std::size_t{8} << 20) + 1, '#')).codes, ElementsAre("E111 p/rules.yaml"));
}

TEST(Bytes, TooManyValuesAreRefused) {
  std::string rules = kHead + "rules: [";
  for (int i = 0; i < 1'000'001; ++i) rules += "a,";
  EXPECT_THAT(load_rules(rules + "]\n").codes, ElementsAre(testing::StartsWith("E111 p/rules.yaml:3:")));
}

TEST(Bytes, DeepNestingIsRefusedWhateverItIsMadeOf) {
  for (const std::string unit : {"[", "{a: ", "- ", "? "}) {
    std::string deep = kHead + "x:\n  ";
    for (int i = 0; i < 100'000; ++i) deep += unit;
    const Result result = load_rules(deep);
    ASSERT_EQ(result.codes.size(), 1u) << unit;
    EXPECT_THAT(result.codes[0], testing::StartsWith("E1")) << unit;
  }
}

TEST(Bytes, ManyMistakesOfAKindAreCounted) {
  std::vector<SourceFile> files = plugin_with_rules(kHead);
  files[1].content.clear();
  for (int i = 0; i < 1000; ++i) files[1].content += "kata\n";
  const LoadResult result = load(files);
  EXPECT_EQ(result.diagnostics.size(), 51u);
  EXPECT_EQ(result.diagnostics[0].message, "949 more of this kind in this file: a form that the lexicon has already");
  EXPECT_NE(result.rules, nullptr) << "warnings do not stop a rule set";
}

}  // namespace
}  // namespace kutip::loading
