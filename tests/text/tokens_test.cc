#include <gtest/gtest.h>

#include "analyzed.h"

namespace kutip::text {
namespace {

// `expected` shows the borders of tokens as a middle dot.
struct TokensCase {
  const char* what;
  const char* text;
  const char* expected;
};

std::string joined(const Strings& tokens) {
  std::string all;
  for (const std::string& token : tokens) all += (all.empty() ? "" : "·") + token;
  return all;
}

void expect_tokens(std::initializer_list<TokensCase> cases) {
  for (const TokensCase& c : cases) EXPECT_EQ(joined(Analyzed(c.text).tokens()), c.expected) << c.what;
}

TEST(Tokens, WordsHoldWhatJoinsThem) {
  expect_tokens({
      {"nothing", "", ""},
      {"white space alone", " \t\r\n\u00A0\u3000", ""},
      {"apostrophe", "Ma'ruf dan Jum’at don't", "Ma'ruf·dan·Jum’at·don't"},
      {"modifier letter apostrophe", "Ma\u02BCruf", "Ma\u02BCruf"},
      {"left mark for an ain", "Ka‘bah", "Ka‘bah"},
      {"trailing apostrophe", "para guru' itu", "para·guru·'·itu"},
      {"leading apostrophe", "tahun '98", "tahun·'·98"},
      {"apostrophe and digit", "a'1", "a·'·1"},
      {"full stop inside", "Kompas.com M.Si Ph.D Sp.PD by.U", "Kompas.com·M.Si·Ph.D·Sp.PD·by.U"},
      {"full stop at the end", "Tbk. selesai.", "Tbk·.·selesai·."},
      {"web address", "https://www.contoh.id/berita?a=1", "https·:·//·www.contoh.id·/·berita·?·a·=·1"},
      {"letters and digits", "RT004 B50 4G", "RT004·B50·4G"},
      {"long word", "pertanggungjawabannya.", "pertanggungjawabannya·."},
      {"fifteen, sixteen, seventeen", "abcdefghijklmno abcdefghijklmnop abcdefghijklmnopq",
       "abcdefghijklmno·abcdefghijklmnop·abcdefghijklmnopq"},
      {"accents", "Café Cafe\u0301s", "Café·Cafe\u0301s"},
      {"soft hyphen", "peme\u00ADrintah", "peme\u00ADrintah"},
  });
}

TEST(Tokens, NumbersHoldTheirSeparators) {
  expect_tokens({
      {"decimal comma", "482,5 juta", "482,5·juta"},
      {"thousands", "Rp200.000,50 lebih", "Rp200.000,50·lebih"},
      {"date", "Senin (10/6).", "Senin·(·10/6·)·."},
      {"full date", "21/9/2019", "21/9/2019"},
      {"time", "pukul 21:30, 10.00", "pukul·21:30·,·10.00"},
      {"score", "menang 2-1", "menang·2-1"},
      {"ordinal", "ke-2, 3rd, 90-an", "ke-2·,·3rd·,·90-an"},
      {"separator before a space", "1, 2/ 3: 4", "1·,·2·/·3·:·4"},
      {"separator between a number and a word", "5/lima 5:a a,b", "5·/·lima·5·:·a·a·,·b"},
      {"per cent", "5,2% +62", "5,2·%·+·62"},
      {"feet and inches", "5'10\" dan 12\"", "5·'·10·\"·dan·12·\""},
      {"years", "2019–2024", "2019·–·2024"},
      {"superscript", "10²", "10²"},
  });
}

TEST(Tokens, HyphensJoinUnlessTheyStandBetweenNames) {
  expect_tokens({
      {"reduplication", "negara-negara Bangsa-Bangsa Undang-Undang", "negara-negara·Bangsa-Bangsa·Undang-Undang"},
      {"lower case behind", "Bangsa-bangsa Wakil-wakil", "Bangsa-bangsa·Wakil-wakil"},
      {"two names", "Jakarta-Bandung", "Jakarta·-·Bandung"},
      {"three names", "Jakarta-Bogor-Depok", "Jakarta·-·Bogor·-·Depok"},
      {"capitals", "Rusia-PBB", "Rusia·-·PBB"},
      {"short name", "Al-Quran S-1 E-KTP", "Al-Quran·S-1·E-KTP"},
      {"number", "Covid-19 SJ-182", "Covid-19·SJ-182"},
      {"prefix", "anti-Corona", "anti-Corona"},
      {"other hyphens", "ke\u20102 ke\u20112 Riau\u2010Jambi", "ke\u20102·ke\u20112·Riau·\u2010·Jambi"},
      {"two hyphens", "kata--Budi", "kata·--·Budi"},
      {"at the end", "anti- dan -nya", "anti·-·dan·-·nya"},
      {"dash", "Jakarta — Budi", "Jakarta·—·Budi"},
  });
}

TEST(Tokens, InitialsKeepTheirFullStop) {
  expect_tokens({
      {"one", "C. Budi dan W. Ani", "C.·Budi·dan·W.·Ani"},
      {"before a comma", "Budi C., dosen", "Budi·C.·,·dosen"},
      {"several", "D.W. Ani, K.H. Ma'ruf", "D.W.·Ani·,·K.H.·Ma'ruf"},
      {"several at the end", "di A.S.", "di·A.S."},
      {"one at the end of the text", "kata X.", "kata·X·."},
      {"one at the end of a paragraph", "kata X.\n\nLalu", "kata·X·.·Lalu"},
      {"one before a mark", "“Vitamin C.” Ia", "“·Vitamin·C·.·”·Ia"},
      {"one before a number", "Pasal A. 5", "Pasal·A·.·5"},
      {"one before an ellipsis", "A... Budi", "A·...·Budi"},
      {"lower case", "a. Budi", "a·.·Budi"},
      {"beyond ASCII", "É. Zola", "É.·Zola"},
  });
}

TEST(Tokens, AMissingSpaceBehindAFullStopIsSeen) {
  expect_tokens({
      {"word", "selesai.Besok", "selesai·.·Besok"},
      {"number", "tahun 2020.Setelah", "tahun·2020·.·Setelah"},
      {"not a degree", "Ph.D Sp.Rad", "Ph.D·Sp.Rad"},
      {"not a name in capitals", "Kompas.TV", "Kompas.TV"},
  });
}

TEST(Tokens, SuffixesOfTheRulesAreCutOff) {
  expect_tokens({
      {"straight", "Budi's KPK's", "Budi·'s·KPK·'s"},
      {"curly", "Budi’s", "Budi·’s"},
      {"alone", "'s", "'·s"},
      {"not at the end", "it'sa", "it'sa"},
      {"hyphenated", "ibu-ibu's", "ibu-ibu·'s"},
  });
  TextRules rules;
  rules.split_suffixes = {"", "nya"};
  EXPECT_EQ(tokenize_normal_forms("katanya Nya nya", rules), (Strings{"kata", "nya", "nya", "nya"}));
}

TEST(Tokens, RunsOfOneMarkAreOneButQuoteMarksAndBracketsStandAlone) {
  expect_tokens({
      {"ellipsis", "lalu... dan…… ..", "lalu·...·dan·……·.."},
      {"different marks", "apa?! ya?!?", "apa·?·!·ya·?·!·?"},
      {"dashes", "kata -- dia ———", "kata·--·dia·———"},
      {"double marks", "\"\" ““ ””", "\"·\"·“·“·”·”"},
      {"two single marks", "''Ya'' ``Ya'' ‘‘Ya’’ '''", "''·Ya·''·``·Ya·''·‘‘·Ya·’’·''·'"},
      {"brackets", "((a))", "(·(·a·)·)"},
      {"signs", "a == b $5", "a·=·=·b·$·5"},
      {"handle and tag", "@budi #tagar a@b.id nama_akun", "@·budi·#·tagar·a·@·b.id·nama·_·akun"},
  });
}

TEST(Tokens, BordersNeverSplitACharacter) {
  expect_tokens({
      {"emoji", "🙂🙂", "🙂·🙂"},
      {"family", "👩\u200D👩\u200D👧 ya", "👩\u200D👩\u200D👧·ya"},
      {"skin tone", "👍🏽👍", "👍🏽·👍"},
      {"variation selector", "❤\uFE0F.", "❤\uFE0F·."},
      {"flags", "🇮🇩🇲🇾", "🇮🇩·🇲🇾"},
      {"flag of tags", "🏴\U000E0067\U000E0062\U000E007F.", "🏴\U000E0067\U000E0062\U000E007F·."},
      {"keycap", "1\uFE0F\u20E3", "1\uFE0F\u20E3"},
      {"marks on punctuation", ".\u0301, \"\u0301", ".\u0301·,·\"\u0301"},
      {"mark behind a space", "a \u0301b", "a·\u0301·b"},
      {"Devanagari", "नमस्ते दुनिया", "नमस्ते·दुनिया"},
      {"Thai", "สวัสดี", "สวัสดี"},
      {"Han", "你好，世界", "你·好·，·世·界"},
      {"Hangul", "안녕 \u1112\u1161\u11AB", "안녕·\u1112\u1161\u11AB"},
      {"Arabic", "السَّلَام", "السَّلَام"},
  });
}

TEST(Tokens, AllWhiteSpaceAndControlsSeparate) {
  for (const std::string space : {" ", "\t", "\n", "\r\n", "\v", "\f", "\u0085", "\u00A0", "\u1680", "\u2003", "\u200B",
                                  "\u2028", "\u2029", "\u202F", "\u205F", "\u2060", "\u3000", "\uFEFF", "\u200E"}) {
    const Analyzed text(space + "a" + space + space + "b" + space);
    EXPECT_EQ(text.tokens(), (Strings{"a", "b"})) << "space of " << space.size() << " bytes";
    EXPECT_TRUE(text.document().space_before(0));
    EXPECT_TRUE(text.document().space_before(1));
  }
  EXPECT_EQ(Analyzed(std::string("a\0b", 3)).tokens(), (Strings{"a", "b"}));
  EXPECT_FALSE(Analyzed("a,").document().space_before(0));
  EXPECT_FALSE(Analyzed("a,").document().space_before(1));
}

TEST(Tokens, LengthsAreCodePoints) {
  const Analyzed text("Café é 🙂 ’ kata");
  Strings lengths;
  for (const Token& token : text.document().tokens()) lengths.push_back(std::to_string(token.length));
  EXPECT_EQ(lengths, (Strings{"4", "1", "1", "1", "4"}));
}

TEST(NormalFormsOfTokens, AreCutAsInADocument) {
  const TextRules rules;
  EXPECT_EQ(tokenize_normal_forms("Perserikatan Bangsa-Bangsa", rules), (Strings{"perserikatan", "bangsa-bangsa"}));
  EXPECT_EQ(tokenize_normal_forms("PT Maju Jaya Tbk.", rules), (Strings{"pt", "maju", "jaya", "tbk", "."}));
  EXPECT_EQ(tokenize_normal_forms("U.S.", rules), (Strings{"u.s."}));
  EXPECT_EQ(tokenize_normal_forms("H.", rules), (Strings{"h."}));
  EXPECT_EQ(tokenize_normal_forms("Jum’at CAFÉ", rules), (Strings{"jum'at", "café"}));
  EXPECT_EQ(tokenize_normal_forms("", rules), Strings{});
}

}  // namespace
}  // namespace kutip::text
