#include <gtest/gtest.h>

#include <bit>
#include <random>

#include "analyzed.h"
#include "text/plain_word.h"
#include "text/word_shape.h"

namespace kutip::text {
namespace {

struct ShapeCase {
  unsigned shape;
  Strings tokens;
};

TEST(Shapes, AreThoseOfTheLanguageReference) {
  const ShapeCase cases[] = {
      {kLower, {"kata", "ke-2", "covid19", "é", "kompas.com", "jum'at", "你", "สวัสดี", "a"}},
      {kTitle | kCapital,
       {"Budi", "Bangsa-Bangsa", "Bangsa-bangsa", "Covid-19", "Ma'ruf", "O'Brien", "Kompas.com", "M.Si", "Ph.D", "Élan",
        "Al-Quran", "Ab"}},
      {kUpper | kCapital,
       {"PBB", "KPK", "REPUBLIKA.CO.ID", "BP2MI", "COVID-19", "SJ-182", "PDI-P", "E-KTP", "ÉL", "AB"}},
      {kMixed | kCapital,
       {"AkuratHealth", "RT004", "G20", "Rp5.000", "Liputan6.com", "McDonald", "U-17", "Sp.PD", "KTP-el", "Kompas.TV"}},
      {kMixed, {"iPhone", "4G", "al-Quran", "eKTP", "5A3"}},
      {kNumber, {"482,5", "10/6", "21:30", "5", "3rd", "90-an", "2-1", "21/9/2019", "10²", "1\uFE0F\u20E3"}},
      {kPunct, {",", "(", "”", "...", "…", "--", "—", "''", "%", "#", "«"}},
      {kSymbol, {"€", "🙂", "$", "+", "👩\u200D👧", "🇮🇩", "©"}},
      {kInitial | kCapital, {"A", "É", "D.W.", "U.S."}},
  };
  for (const ShapeCase& c : cases) {
    for (const std::string& token : c.tokens) {
      const Analyzed text(token);
      ASSERT_EQ(text.tokens(), Strings{token});
      EXPECT_EQ(text.document().tokens()[0].shape, c.shape) << token;
    }
  }
}

TEST(Shapes, OfAnInitialInAText) {
  const Analyzed text("C. Budi");
  EXPECT_EQ(text.document().tokens()[0].shape, kInitial | kCapital);
}

TEST(Shapes, OfASuffixCutOff) {
  const Analyzed text("KPK's Budi’s");
  EXPECT_EQ(text.document().tokens()[0].shape, kUpper | kCapital);
  EXPECT_EQ(text.document().tokens()[1].shape, kLower);
  EXPECT_EQ(text.document().tokens()[3].shape, kLower);
}

// Any word of ASCII letters and digits, taken sixteen bytes at once or character by character.
TEST(PlainWords, AreJudgedAsAnyWord) {
  std::mt19937 random(20240611);
  const std::string letters = "abzABZ019";
  for (int i = 0; i < 20'000; ++i) {
    std::string word(1 + random() % 15, ' ');
    for (char& c : word) c = letters[random() % letters.size()];
    std::string padded = word + ",Zz9@[`{/:\x80\xFFzzzzzzzzzz";
    const PlainRun run = find_plain_run(padded.data());
    const PlainRun portable = plain_word::find_run_portably(padded.data());
    ASSERT_EQ(run.size, word.size()) << word;
    ASSERT_EQ(portable.size, run.size);
    ASSERT_EQ(portable.uppers, run.uppers);
    ASSERT_EQ(portable.digits, run.digits);
    ASSERT_EQ(portable.folded.low, run.folded.low);
    ASSERT_EQ(portable.folded.high, run.folded.high);
    ASSERT_EQ(shape_of_plain_run(run), shape_of_word(word)) << word;
    ASSERT_EQ(std::popcount(static_cast<unsigned>(shape_of_word(word) & ~kCapital)), 1) << word;
  }
}

TEST(PlainWords, EndAtEveryOtherByte) {
  for (int byte = 0; byte < 256; ++byte) {
    std::string bytes = "abc";
    bytes += static_cast<char>(byte);
    bytes += "defghijklmnopqrs";
    const bool word = byte < 128 && std::isalnum(byte) != 0;
    EXPECT_EQ(find_plain_run(bytes.data()).size, word ? 16U : 3U) << byte;
    EXPECT_EQ(plain_word::find_run_portably(bytes.data()).size, word ? 16U : 3U) << byte;
  }
}

}  // namespace
}  // namespace kutip::text
