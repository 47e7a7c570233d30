#include "loading/yaml_tree.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

// Places and styles of values, which the library does not tell by itself.
namespace kutip::loading {
namespace {

using testing::ElementsAre;
using Style = YamlNode::Style;

class YamlTree : public testing::Test {
 protected:
  YamlNode parse(std::string content) {
    content_ = std::move(content);
    const SourceText source(0, content_);
    YamlDocument document = parse_yaml(source, findings_);
    EXPECT_TRUE(document.complete);
    diagnostics_ = findings_.take();
    return document.root.value_or(YamlNode{});
  }

  std::string content_;
  Findings findings_;
  std::vector<Diagnostic> diagnostics_;
};

std::vector<std::uint32_t> place(const SourceRange& where) {
  return {where.line, where.column, where.end_column};
}

TEST_F(YamlTree, PlacesCountCodePointsFromOne) {
  const YamlNode root = parse("é: {x: \"ü🙂\", y: 'z'}\nlist:\n  - één twee\n  - [ä, b]\n");
  EXPECT_THAT(place(root.keys[0].where), ElementsAre(1, 1, 2));
  EXPECT_THAT(place(root.items[0].where), ElementsAre(1, 4, 21));
  EXPECT_THAT(place(root.items[0].items[0].where), ElementsAre(1, 8, 12));
  EXPECT_THAT(place(root.items[0].keys[1].where), ElementsAre(1, 14, 15));
  EXPECT_THAT(place(root.items[0].items[1].where), ElementsAre(1, 17, 20));
  EXPECT_THAT(place(root.items[1].items[0].where), ElementsAre(3, 5, 13));
  EXPECT_THAT(place(root.items[1].items[1].items[1].where), ElementsAre(4, 9, 10));
}

TEST_F(YamlTree, StylesAreKnown) {
  const YamlNode root = parse("a: plain\nb: 'single'\nc: \"double\"\nd: |-\n  text\ne: >-\n  text\nf: plain\n  more\n");
  std::vector<Style> styles;
  for (const YamlNode& item : root.items) styles.push_back(item.style);
  EXPECT_THAT(styles, ElementsAre(Style::kPlain, Style::kQuoted, Style::kQuoted, Style::kLiteral, Style::kFolded,
                                  Style::kPlainLines));
}

TEST_F(YamlTree, QuotesInsideQuotedValuesDoNotEndThem) {
  const YamlNode root = parse("a: 'it''s'\nb: \"say \\\"x\\\" \\\\\"\nc: ''\n");
  EXPECT_EQ(root.items[0].text, "it's");
  EXPECT_THAT(place(root.items[0].where), ElementsAre(1, 4, 11));
  EXPECT_EQ(root.items[1].text, "say \"x\" \\");
  EXPECT_EQ(root.items[2].text, "");
  EXPECT_TRUE(diagnostics_.empty());
}

TEST_F(YamlTree, NothingStandsAtItsKey) {
  const YamlNode root = parse("a:\nb: ~\nc: [x, , y]\n");
  EXPECT_EQ(root.items[0].kind, YamlNode::Kind::kNull);
  EXPECT_THAT(place(root.items[0].where), ElementsAre(1, 1, 2));
  EXPECT_THAT(place(root.items[1].where), ElementsAre(2, 4, 5));
  EXPECT_EQ(root.items[2].items.size(), 3u);
}

TEST_F(YamlTree, CarriageReturnsAreNoColumns) {
  const YamlNode root = parse("a: b\r\nc: [d,\r\n  e]\r\n");
  EXPECT_THAT(place(root.items[0].where), ElementsAre(1, 4, 5));
  EXPECT_THAT(place(root.items[1].items[1].where), ElementsAre(3, 3, 4));
  EXPECT_EQ(root.items[0].style, Style::kPlain);
}

TEST_F(YamlTree, CommentsAndQuoteMarksInCommentsAreNothing) {
  const YamlNode root = parse("# it's \"a\" 'comment\na: b # don't\n");
  EXPECT_EQ(root.items[0].text, "b");
  EXPECT_TRUE(diagnostics_.empty());
}

TEST_F(YamlTree, OddCharactersInValuesAreLeftAlone) {
  const YamlNode root = parse("a: “halo”, kata\nb: \"x\xC2\xA0y\"\n");
  EXPECT_EQ(root.items[0].text, "“halo”, kata");
  EXPECT_EQ(root.items[1].text, "x\xC2\xA0y");
  EXPECT_TRUE(diagnostics_.empty());
}

TEST_F(YamlTree, DuplicateKeysKeepTheFirst) {
  const YamlNode root = parse("a: 1\nb: 2\na: 3\n");
  EXPECT_EQ(root.keys.size(), 2u);
  EXPECT_EQ(root.items[0].text, "1");
  ASSERT_EQ(diagnostics_.size(), 1u);
  EXPECT_THAT(place(diagnostics_[0].where), ElementsAre(3, 1, 2));
  EXPECT_THAT(place(diagnostics_[0].related.at(0).first), ElementsAre(1, 1, 2));
}

}  // namespace
}  // namespace kutip::loading
