#include <gtest/gtest.h>

#include "analyzed.h"

namespace kutip::text {
namespace {

struct SentencesCase {
  const char* what;
  Strings sentences;  // the text is these with a space between
};

void expect_sentences(std::initializer_list<SentencesCase> cases) {
  for (const SentencesCase& c : cases) {
    std::string text;
    for (const std::string& sentence : c.sentences) text += (text.empty() ? "" : " ") + sentence;
    EXPECT_EQ(Analyzed(text).sentences(), c.sentences) << c.what;
  }
}

TEST(Sentences, EndAtStopsBeforeSomethingThatCanStartOne) {
  expect_sentences({
      {"full stops", {"Harga naik.", "Warga mengeluh.", "Pemerintah diam."}},
      {"other stops", {"Naik?", "Ya!", "Begitulah…", "Lalu turun...", "Selesai"}},
      {"number first", {"Harga naik.", "12 orang mengeluh."}},
      {"dash first", {"Harga naik.", "- Warga mengeluh."}},
      {"bracket first", {"Harga naik.", "(Warga mengeluh.)", "Selesai."}},
      {"lower case goes on", {"Lalu ... ia pergi, apa? tanya Budi! kata dia."}},
      {"emoji first", {"Harga naik!", "🙂 Syukurlah."}},
      {"several stops", {"Apa?!", "Ya!!", "Baik.."}},
      {"without a stop", {"Harga naik"}},
      {"only stops", {"..."}},
  });
}

TEST(Sentences, AreNotCutByStopsThatMeanSomethingElse) {
  expect_sentences({
      {"abbreviations", {"Dr. Budi dan Prof. Ani bekerja di PT Maju Tbk. Jakarta."}},
      {"initials", {"C. Budi dan D.W. Ani datang.", "Lalu pergi."}},
      {"degree", {"Budi, M.Si. datang?", "Ya."}},
      {"numbers", {"Nilainya 482,5 dan 200.000 pada 10.00 WIB.", "Turun."}},
      {"date in brackets", {"Ia tiba Senin (10/6).", "Budi menyambut."}},
      {"web name", {"Menurut Contoh.com Budi datang."}},
      {"list number", {"1. Budi datang.", "2. Ani pergi."}},
      {"list letter", {"a. Budi datang."}},
      {"dateline", {"JAKARTA, CONTOH.com - Jalan rusak.", "Warga mengeluh."}},
      {"zone", {"Tiba pukul 10.00 WIB.", "Lalu pergi."}},
  });
}

TEST(Sentences, HoldQuotedSpansWhole) {
  expect_sentences({
      {"comma inside", {"\"Kami siap. Semua siap,\" kata Budi.", "\"Besok kami datang.\""}},
      {"stop inside, capital behind", {"”Kami siap.”", "Budi pergi."}},
      {"stop inside, number behind", {"”Kami siap!”", "12 orang datang."}},
      {"stop inside, mark behind", {"“Siap?”", "“Siap.”"}},
      {"stop inside, lower case behind", {"“Siap?” tanya Budi.", "Ani diam."}},
      {"stop outside", {"Ia menyebutnya “Rumah Kita”.", "Budi setuju."}},
      {"no stop", {"Film “Siapa? Kita” Budi laku."}},
      {"nested", {"“Ia bilang, ‘Kami siap. Semua.’ Lalu pergi,” kata Budi.", "Ani diam."}},
      {"stop in both", {"“Ia bilang, ‘Kami siap.’”", "Budi pergi."}},
      {"cue before", {"Budi berkata: “Kami siap. Semua siap.”", "Ani diam."}},
      {"space inside", {"“ Kami siap. ”", "Budi pergi."}},
      {"abbreviation at its end", {"“Dia bekerja di PT Maju.”", "Budi setuju."}},
  });
}

TEST(Sentences, HoldBracketsWhole) {
  expect_sentences({
      {"stops inside", {"Ia datang (Budi. Bukan Ani. Ya) kemarin.", "Lalu pergi."}},
      {"sentence inside", {"Ia datang.", "(Lihat juga. Semua.)", "Lalu pergi."}},
      {"brackets and marks", {"(“Siap.”)", "Budi pergi."}},
      {"never closed", {"Ia datang (Budi.", "Lalu pergi."}},
      {"never opened", {"a) Ia datang.", "Lalu pergi."}},
  });
}

TEST(Sentences, AreNotBoundByBracketsTooFarApart) {
  std::string text = "(";
  for (int i = 0; i < 40; ++i) text += "Budi datang. ";
  EXPECT_EQ(Analyzed(text + ")").sentences().size(), 40U);
}

TEST(Sentences, AreNotBoundByAMarkWithoutPartner) {
  EXPECT_EQ(Analyzed("“Kami siap. Budi datang. Ani pergi.").sentences(),
            (Strings{"“Kami siap.", "Budi datang.", "Ani pergi."}));
}

TEST(Sentences, EndWithTheirParagraph) {
  EXPECT_EQ(Analyzed("Judul berita\n\nHarga naik\n\nkata X.\n\nDr.").sentences(),
            (Strings{"Judul berita", "Harga naik", "kata X.", "Dr."}));
  const Analyzed text("Satu. Dua.\n\nTiga.");
  EXPECT_EQ(text.document().paragraph_of_sentence(0), 0U);
  EXPECT_EQ(text.document().paragraph_of_sentence(1), 0U);
  EXPECT_EQ(text.document().paragraph_of_sentence(2), 1U);
  EXPECT_EQ(text.document().sentence_of(3), 1U);
  EXPECT_EQ(text.document().paragraph_of(4), 1U);
}

TEST(Sentences, GoOnOverALineEnd) {
  EXPECT_EQ(Analyzed("Harga beras\nnaik lagi. Warga\nmengeluh.").sentences(),
            (Strings{"Harga beras\nnaik lagi.", "Warga\nmengeluh."}));
}

TEST(Sentences, SeeAMissingSpace) {
  EXPECT_EQ(Analyzed("Harga naik.Warga mengeluh.”Kami rugi,” kata Budi.").sentences(),
            (Strings{"Harga naik.", "Warga mengeluh.", "”Kami rugi,” kata Budi."}));
}

TEST(Sentences, OfOtherScripts) {
  EXPECT_EQ(Analyzed("你好。世界！“好。”他说。").sentences(), (Strings{"你好。", "世界！", "“好。”", "他说。"}));
  EXPECT_EQ(Analyzed("Привет. Как дела? Хорошо.").sentences(), (Strings{"Привет.", "Как дела?", "Хорошо."}));
}

TEST(Sentences, HaveABoundedLength) {
  std::string text = "“";
  for (int i = 0; i < 1000; ++i) text += "kata ";
  const Analyzed analyzed(text + "selesai.” Budi pergi.");
  const auto sentences = analyzed.document().sentences();
  ASSERT_EQ(sentences.size(), 4U);
  EXPECT_EQ(sentences[0].size(), Document::kMaxSentenceTokens);
  EXPECT_EQ(sentences[1].size(), Document::kMaxSentenceTokens);
  EXPECT_EQ(sentences[2].size(), 1004 - 2 * Document::kMaxSentenceTokens);
  EXPECT_EQ(analyzed.sentences()[3], "Budi pergi.");
}

}  // namespace
}  // namespace kutip::text
