#include "text/vocabulary.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "analyzed.h"
#include "text/normal_form.h"

namespace kutip::text {
namespace {

TEST(Vocabulary, GivesEachFormOneId) {
  Vocabulary vocabulary;
  EXPECT_EQ(vocabulary.size(), 0U);
  EXPECT_EQ(vocabulary.find("kata"), kUnknownWord);
  const WordId kata = vocabulary.add("kata");
  EXPECT_EQ(kata, 1U);
  EXPECT_EQ(vocabulary.add("ujar"), 2U);
  EXPECT_EQ(vocabulary.add("kata"), kata);
  EXPECT_EQ(vocabulary.form(kata), "kata");
  EXPECT_EQ(vocabulary.find("ujar"), 2U);
  EXPECT_EQ(vocabulary.find("katanya"), kUnknownWord);
  EXPECT_EQ(vocabulary.size(), 2U);
}

TEST(Vocabulary, KeepsManyFormsOfAllSizesApart) {
  Vocabulary vocabulary;
  std::vector<std::string> forms{""};
  for (int i = 0; i < 20'000; ++i) {
    std::string form(static_cast<std::size_t>(i % 40), 'a');
    forms.push_back(form.append(std::to_string(i)));
  }
  for (std::size_t i = 0; i < forms.size(); ++i) ASSERT_EQ(vocabulary.add(forms[i]), i + 1);
  for (std::size_t i = 0; i < forms.size(); ++i) {
    ASSERT_EQ(vocabulary.find(forms[i]), i + 1);
    ASSERT_EQ(vocabulary.form(static_cast<WordId>(i + 1)), forms[i]);
    ASSERT_EQ(vocabulary.find(forms[i] + "x"), kUnknownWord);
  }
}

TEST(HashWord, TellsApartWordsOfAllLengths) {
  std::set<std::uint64_t> hashes;
  for (std::size_t size = 0; size <= 70; ++size) {
    std::string word(size, 'a');
    hashes.insert(hash_word(word));
    for (std::size_t i = 0; i < size; ++i) {
      word[i] = 'b';
      hashes.insert(hash_word(word));
      word[i] = 'a';
    }
  }
  EXPECT_EQ(hashes.size(), 71U + 70U * 71U / 2U);
}

TEST(Document, HashesTokensAsTheirNormalForms) {
  const Analyzed text(
      "KATA Budi Ma’ruf a AB abcdefg Abcdefgh ABCDEFGHI abcdefghijklmno abcdefghijklmnop PERTANGGUNGJAWABANNYA "
      "negara-negara Café CAFÉ 482,5 D.W. C. Budi ... ” '' 🙂 你 z");
  for (const Token& token : text.document().tokens()) {
    EXPECT_EQ(token.hash, hash_word(normal_form(text.document().text(token)))) << text.document().text(token);
  }
}

TEST(Document, FindsWordsWhateverTheirCaseAndPlace) {
  Vocabulary vocabulary;
  const TextRules rules;
  const std::string_view forms[] = {"kata",        "ma'ruf",        "café", "pertanggungjawabannya", ",", "”",
                                    "kementerian", "negara-negara", "z"};
  for (const std::string_view form : forms) vocabulary.add(form);
  const std::string text = "Kata MA’RUF, kata CAFE\u0301” PERTANGGUNGJAWABANNYA Negara-negara katak kat Kementerian Z";
  Document document;
  document.analyze(text, rules, vocabulary);
  for (const Token& token : document.tokens()) {
    EXPECT_EQ(token.word, vocabulary.find(normal_form(document.text(token)))) << document.text(token);
  }
  EXPECT_EQ(document.tokens().back().word, vocabulary.find("z"));
}

}  // namespace
}  // namespace kutip::text
