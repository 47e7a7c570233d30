#include <gtest/gtest.h>

#include "analyzed.h"

namespace kutip::text {
namespace {

struct QuotedCase {
  const char* what;
  const char* text;
  Strings quoted;  // as Analyzed::quoted() has them
  std::size_t unclosed = 0;
};

void expect_quoted(std::initializer_list<QuotedCase> cases) {
  for (const QuotedCase& c : cases) {
    const Analyzed text(c.text);
    EXPECT_EQ(text.quoted(), c.quoted) << c.what;
    EXPECT_EQ(text.document().unclosed_marks().size(), c.unclosed) << c.what;
  }
}

TEST(QuotedSpans, PairWhateverTheDirectionOfTheGlyphs) {
  expect_quoted({
      {"straight", "\"Kami siap,\" kata Budi.", {"\"Kami siap,\""}},
      {"curly", "“Kami siap,” kata Budi.", {"“Kami siap,”"}},
      {"closing glyph twice", "”Kami siap,” kata Budi. ”Ya.”", {"”Kami siap,”", "”Ya.”"}},
      {"opening glyph twice", "“Kami siap,“ kata Budi.", {"“Kami siap,“"}},
      {"the wrong way round", "”Kami siap,“ kata Budi.", {"”Kami siap,“"}},
      {"curly and straight", "“Kami siap,\" kata Budi.", {"“Kami siap,\""}},
      {"low", "„Kami siap,“ kata Budi.", {"„Kami siap,“"}},
      {"two single marks", "''Kami siap,'' kata Budi. ``Ya,'' katanya.", {"''Kami siap,''", "``Ya,''"}},
      {"two single marks and a double one", "''Kami siap,\" kata Budi.", {"''Kami siap,\""}},
      {"two curly single marks", "‘‘Kami siap,’’ kata Budi.", {"‘‘Kami siap,’’"}},
      {"guillemets", "«Kami siap,» kata Budi.", {"«Kami siap,»"}},
      {"guillemets turned inwards", "»Kami siap,« kata Budi.", {"»Kami siap,«"}},
      {"guillemets with spaces", "« Kami siap », kata Budi.", {"« Kami siap »"}},
      {"corner brackets", "他说「你好」。", {"「你好」"}},
      {"single", "‘Kami siap,’ kata Budi.", {"‘Kami siap,’"}},
      {"single straight", "'Kami siap,' kata Budi. Lalu 'ya'.", {"'Kami siap,'", "'ya'"}},
      {"single closing glyph twice", "’Kami siap,’ kata Budi.", {"’Kami siap,’"}},
      {"single low", "‚Kami siap,‘ kata Budi.", {"‚Kami siap,‘"}},
      {"single guillemets", "‹Kami siap,› kata Budi.", {"‹Kami siap,›"}},
      {"accents as marks", "`Kami siap,´ kata Budi.", {"`Kami siap,´"}},
  });
}

TEST(QuotedSpans, OpenAndCloseByWhatStandsBeside) {
  expect_quoted({
      {"bracket before", "(\"Kami siap,\" kata Budi)", {"\"Kami siap,\""}},
      {"dash before", "Budi—“Kami siap”—pergi", {"“Kami siap”"}},
      {"hyphen before", "anti-\"asing\" itu", {"\"asing\""}},
      {"tag behind", "\"#tagar itu ramai,\" kata Budi.", {"\"#tagar itu ramai,\""}},
      {"ellipsis behind", "\"...siap,\" kata Budi. “…ya,” katanya.", {"\"...siap,\"", "“…ya,”"}},
      {"no space behind", "\"Kami siap,\"kata Budi.", {"\"Kami siap,\""}},
      {"no space before", "Budi bilang,\"Kami siap,\" lalu pergi.", {"\"Kami siap,\""}},
      {"no space around", "Budi:\"Kami siap.\"Lalu", {"\"Kami siap.\""}},
      {"spaces inside", "\" Kami siap, \" kata Budi.", {"\" Kami siap, \""}},
      {"the space on the wrong side", "“Kami siap, ”kata Budi. “Besok,” katanya.", {"“Kami siap, ”", "“Besok,”"}},
      {"the same at the end", "“Kami siap, ”kata Budi.", {"“Kami siap, ”"}},
      {"combining mark before", "“Cafe\u0301” itu", {"“Cafe\u0301”"}},
      {"two in a row", "\"Siap?\" \"Siap.\"", {"\"Siap?\"", "\"Siap.\""}},
      {"stop outside", "Ia menyebutnya \"rumah\". Lalu \"taman\"!", {"\"rumah\"", "\"taman\""}},
      {"nothing inside", "\"\" dan “”", {}},
  });
}

TEST(QuotedSpans, ApostrophesAndInchMarksAreNoQuoteMarks) {
  expect_quoted({
      {"inside words", "Ma'ruf dan Jum’at don't 'kan", {}},
      {"plural", "the boys' toys and the girls' books", {}},
      {"plural in a quotation", "'The boys' toys are new,' he said.", {"'The boys' toys are new,'"}},
      {"centuries", "tahun '98 dan ’99 di sekolah guru'", {}},
      {"apostrophe in a quotation", "“Rock 'n roll itu seru,” kata Budi.", {"“Rock 'n roll itu seru,”"}},
      {"inches", "Layar 12\" dan 5'10\" itu", {}},
      {"inches in a quotation", "\"Layar 12\" itu mahal,\" kata Budi.", {"\"Layar 12\" itu mahal,\""}},
      {"single mark without a partner", "Ia bilang ‘kami siap lalu pergi.", {}},
  });
}

TEST(QuotedSpans, Nest) {
  expect_quoted({
      {"single in double",
       "“Ia bilang, ‘Kami siap,’ lalu pergi,” kata Budi.",
       {"“Ia bilang, ‘Kami siap,’ lalu pergi,”", ">‘Kami siap,’"}},
      {"straight", "\"Ia bilang 'siap'.\" Lalu", {"\"Ia bilang 'siap'.\"", ">'siap'"}},
      {"all of one glyph", "”Ia bilang, ’siap’,” kata Budi.", {"”Ia bilang, ’siap’,”", ">’siap’"}},
      {"both close together", "“Ia bilang, ‘Kami siap.’” Lalu", {"“Ia bilang, ‘Kami siap.’”", ">‘Kami siap.’"}},
      {"both open together", "“‘Siap,’ katanya,” ujar Budi.", {"“‘Siap,’ katanya,”", ">‘Siap,’"}},
      {"double in single", "'He said \"go\" twice,' she said.", {"'He said \"go\" twice,'", ">\"go\""}},
      {"a title of the same kind",
       "\"Film \"Laskar\" itu bagus,\" kata Budi.",
       {"\"Film \"Laskar\" itu bagus,\"", ">\"Laskar\""}},
      {"three deep",
       "“Ia: ‘Kata “siap” itu,’ begitu,” kata Budi.",
       {"“Ia: ‘Kata “siap” itu,’ begitu,”", ">‘Kata “siap” itu,’", ">>“siap”"}},
      {"guillemets around", "«Ia bilang “siap” tadi» kata Budi.", {"«Ia bilang “siap” tadi»", ">“siap”"}},
  });
  const Analyzed text("“Ia bilang, ‘siap’, lalu ‘pergi’,” kata Budi. “Ya.”");
  const auto quoted = text.document().quoted();
  ASSERT_EQ(quoted.size(), 4U);
  EXPECT_EQ(quoted[0].parent, -1);
  EXPECT_EQ(quoted[1].parent, 0);
  EXPECT_EQ(quoted[2].parent, 0);
  EXPECT_EQ(quoted[3].parent, -1);
  EXPECT_EQ(text.document().text(quoted[1].inner), "siap");
}

TEST(QuotedSpans, AnOddMarkSwallowsNoLaterPair) {
  expect_quoted({
      {"opening mark too many", "Stray \"mark. \"Good pair,\" he said.", {"\"Good pair,\""}, 1},
      {"closing mark missing",
       "\"Kami siap, kata Budi. \"Besok,\" katanya. \"Ya,\" ujarnya.",
       {"\"Besok,\"", "\"Ya,\""},
       1},
      {"the same with one glyph", "”Kami siap kata Budi. ”Besok,” katanya. ”Ya,” ujarnya.", {"”Besok,”", "”Ya,”"}, 1},
      {"closing mark too many", "Kami siap,\" kata Budi. \"Besok,\" katanya.", {"\"Besok,\""}},
      {"missing and too many", "\"A kata. \"Besok,\" x. Lusa,\" katanya.", {"\"Besok,\""}, 1},
      {"a mark alone", "Ini \" itu. \"Besok,\" katanya.", {"\"Besok,\""}, 1},
      {"crossing pairs", "“Ia «siap,” kata Budi» lagi.", {"“Ia «siap,”"}, 1},
  });
}

TEST(QuotedSpans, AMarkWithoutPartnerIsContainedInItsParagraph) {
  const Analyzed text("Budi: “Kami siap. Semua siap.\n\nAni diam. “Besok,” katanya.");
  EXPECT_EQ(text.quoted(), (Strings{"?“Kami siap. Semua siap.", "“Besok,”"}));
  const QuotedSpan& span = text.document().quoted()[0];
  EXPECT_EQ(text.document().text(span.inner), "Kami siap. Semua siap.");
  EXPECT_EQ(text.parts_of(span), Strings{"“Kami siap. Semua siap."});
  ASSERT_EQ(text.document().unclosed_marks().size(), 1U);
  EXPECT_EQ(text.document().unclosed_marks()[0], (Span{6, 9}));
}

TEST(QuotedSpans, GoOnOverParagraphsThatOpenThemAgain) {
  const Analyzed text("Budi berkata, “Kami siap.\n\n“Semua ‘siap’.\n\n“Besok kami datang,” katanya. “Ya.”");
  EXPECT_EQ(text.quoted(), (Strings{"“Kami siap.\n\n“Semua ‘siap’.\n\n“Besok kami datang,”", ">‘siap’", "“Ya.”"}));
  const QuotedSpan& span = text.document().quoted()[0];
  EXPECT_EQ(text.parts_of(span), (Strings{"“Kami siap.", "“Semua ‘siap’.", "“Besok kami datang,”"}));
  EXPECT_EQ(text.document().text(span.inner), "Kami siap.\n\n“Semua ‘siap’.\n\n“Besok kami datang,");
  EXPECT_TRUE(text.document().unclosed_marks().empty());
  EXPECT_EQ(text.sentences(),
            (Strings{"Budi berkata, “Kami siap.", "“Semua ‘siap’.", "“Besok kami datang,” katanya.", "“Ya.”"}));
}

TEST(QuotedSpans, OverParagraphsNeedTheSameGlyphAtEachStartAndAnEnd) {
  expect_quoted({
      {"straight", "\"Kami siap.\n\n\"Semua siap,\" kata Budi.", {"\"Kami siap.\n\n\"Semua siap,\""}},
      {"closing glyph only", "”Kami siap.\n\n”Semua siap,” kata Budi.", {"”Kami siap.\n\n”Semua siap,”"}},
      {"not opened again", "“Kami siap.\n\nSemua siap,” kata Budi.", {"?“Kami siap."}, 1},
      {"opened with another mark", "“Kami siap.\n\n\"Semua siap,\" kata Budi.", {"?“Kami siap.", "\"Semua siap,\""}, 1},
      {"never closed", "“Kami siap.\n\n“Semua siap.\n\nBudi diam.", {"?“Kami siap.", "?“Semua siap."}, 2},
      {"a paragraph between",
       "“Kami siap.\n\nBudi diam.\n\n“Semua siap,” katanya.",
       {"?“Kami siap.", "“Semua siap,”"},
       1},
      {"a pair later in the paragraph",
       "“Kami siap, kata Budi. “Ya,” katanya.\n\n“Besok,” ujarnya.",
       {"“Ya,”", "“Besok,”"},
       1},
      {"single marks do not", "‘Kami siap.\n\n‘Semua siap,’ kata Budi.", {"‘Semua siap,’"}},
  });
}

}  // namespace
}  // namespace kutip::text
