#include <gtest/gtest.h>

#include "small_rules.h"
#include "tagging/annotate.h"

namespace kutip::tagging {
namespace {

std::pair<std::string, std::string> manifest(const std::string& language) {
  return {language + "/plugin.yaml", "schema: kutip.plugin/v1\nplugin: " + language +
                                         "\nversion: 0.1.0\nengine: \">=0.1 <1\"\nlanguage: " + language +
                                         "\ntitle: t\nmaintainers: [kutip]\nlicense: Apache-2.0\nphases: [one]\n"
                                         "files: [rules.yaml]\ntext: {function_words: function_word}\n"};
}

std::pair<std::string, std::string> words(const std::string& language, const std::string& list) {
  return {language + "/rules.yaml", "schema: kutip.rules/v1\nplugin: " + language +
                                        "\nlexicons: {function_word: {words: [" + list +
                                        "]}}\nrules:\n  - {id: r, title: r, phase: one, pattern: [{tok: {lower: "
                                        "[qqq]}}], emit: [{type: STOP, span: $match}]}\n"};
}

class DetectLanguage : public testing::Test {
 protected:
  std::string detect(std::string_view text) {
    const Grammar* found = detect_language(*rules_, text, workspace_);
    return found == nullptr ? "" : found->language;
  }

  std::shared_ptr<const RuleSet> rules_ =
      load_rules({manifest("id"), words("id", "yang, di, dan, itu"), manifest("en"), words("en", "the, of, and, to")});
  Workspace workspace_;
};

TEST_F(DetectLanguage, GoesByFunctionWords) {
  EXPECT_EQ(detect("Harga beras yang naik di pasar dan di toko."), "id");
  EXPECT_EQ(detect("The price of rice and the price of corn went to the sky."), "en");
}

TEST_F(DetectLanguage, TakesTheFirstGrammarIfNothingTells) {
  const std::string first = rules_->grammars().front().language;
  EXPECT_EQ(detect(""), first);
  EXPECT_EQ(detect("12345 !!!"), first);
}

TEST_F(DetectLanguage, ReadsTheBeginningOnly) {
  std::string text = "Harga yang naik. ";
  for (int i = 0; i < 10000; ++i) text += "the price of rice and corn ";
  EXPECT_EQ(detect(text.substr(0, 17)), "id");
  std::string long_text;
  for (int i = 0; i < 300; ++i) long_text += "beras yang di pasar ";
  EXPECT_EQ(detect(long_text + text), "id");
}

TEST_F(DetectLanguage, CutsNoCodePoint) {
  std::string text(2047, 'a');
  for (int i = 0; i < 100; ++i) text += "é";
  EXPECT_FALSE(detect(text).empty());
}

TEST(RuleSet, FindsGrammarsByPrimarySubtag) {
  const RuleSet& rules = small_rules();
  EXPECT_EQ(rules.grammar("id"), &rules.grammars().front());
  EXPECT_EQ(rules.grammar("id-ID"), &rules.grammars().front());
  EXPECT_EQ(rules.grammar("ID"), &rules.grammars().front());
  EXPECT_EQ(rules.grammar("en"), nullptr);
  EXPECT_EQ(rules.grammar(""), nullptr);
}

TEST(RuleSet, MayBeEmpty) {
  const RuleSet rules({}, {}, "");
  Workspace workspace;
  EXPECT_EQ(detect_language(rules, "Harga naik", workspace), nullptr);
}

}  // namespace
}  // namespace kutip::tagging
