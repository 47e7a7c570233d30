#include "authoring/tidy.h"

#include <gtest/gtest.h>

namespace kutip::authoring {
namespace {

TEST(Tidy, LineEndsSpacesAndBlankLines) {
  EXPECT_EQ(tidy_yaml("\xEF\xBB\xBF\n\na: b  \r\n\r\n\r\n# c \t\r\nd: e\n\n\n"), "a: b\n\n# c\nd: e\n");
  EXPECT_EQ(tidy_yaml("a: b"), "a: b\n");
}

TEST(Tidy, LiteralTextsKeepEveryCharacter) {
  const std::string rules = "a: |-\n  one  \n\n\n  two\nb: c\n";
  EXPECT_EQ(tidy_yaml(rules), rules);
}

TEST(Tidy, WhatIsNoYamlStays) {
  const std::string broken = "a: [b  \n\n\n\n";
  EXPECT_EQ(tidy_yaml(broken), broken);
}

TEST(Tidy, LexiconsLoseSpacesAroundColumnsAndEmptyOnesAtTheEnd) {
  EXPECT_EQ(tidy_lexicon("# verbs  \n\n\n kata \t kata \t\t\nujar\r\n"), "# verbs\n\nkata\tkata\nujar\n");
  EXPECT_EQ(tidy_lexicon("a\t\tb\n"), "a\t\tb\n");
  EXPECT_EQ(tidy_lexicon("cafe\xCC\x81\n"), "café\n");
  EXPECT_EQ(tidy_lexicon("caf\xE9 \n"), "caf\xE9 \n");
}

TEST(Tidy, IsDoneAfterOnce) {
  const std::string once = tidy_yaml("a: b \n\n\n\nc: |\n  d \n\n\ne: f\n\n");
  EXPECT_EQ(tidy_yaml(once), once);
}

}  // namespace
}  // namespace kutip::authoring
