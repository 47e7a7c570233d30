#include <gtest/gtest.h>

#include "analyzed.h"

namespace kutip::text {
namespace {

// A megabyte or a quarter of what would hurt if any step were not linear. What is asserted are results: a step that is
// quadratic does not get there.
constexpr std::size_t kMegabyte = 1 << 20;
constexpr std::size_t kQuarter = kMegabyte / 4;

std::string repeated(std::string_view piece, std::size_t bytes) {
  std::string text;
  text.reserve(bytes + piece.size());
  while (text.size() < bytes) text += piece;
  return text;
}

void expect_consistent(const Document& document) {
  std::uint32_t tokens = 0;
  for (const TokenRange sentence : document.sentences()) {
    ASSERT_EQ(sentence.begin, tokens);
    ASSERT_LE(sentence.size(), Document::kMaxSentenceTokens);
    tokens = sentence.end;
  }
  EXPECT_EQ(tokens, document.tokens().size());
}

TEST(HostileText, OneWordOfAMegabyteIsOneToken) {
  for (const std::string_view piece :
       {"a", "A", "7", "é", "É", "a-", "a.", "a'", "1,", "Ab\u0301", "\u0301", "ก", "한"}) {
    std::string word = repeated(piece, kMegabyte);
    if (word.back() == '-' || word.back() == '.' || word.back() == '\'' || word.back() == ',') word.pop_back();
    const Analyzed text(word);
    ASSERT_EQ(text.document().tokens().size(), 1U) << piece;
    EXPECT_EQ(text.document().tokens()[0].length, 0xFFFF);
    EXPECT_EQ(text.document().tokens()[0].span, (Span{0, static_cast<std::uint32_t>(word.size())}));
  }
}

TEST(HostileText, HyphenatedNamesAreCutOneByOne) {
  const Analyzed text(repeated("Abc-Def-", kMegabyte));
  EXPECT_EQ(text.document().tokens().size(), 2 * kMegabyte / 4);
  expect_consistent(text.document());
}

TEST(HostileText, QuoteMarksAlone) {
  for (const std::string_view piece : {"\"", "”", "“", "'", "''", "«", "»", "„", "「", "\"'", "“‘", "”’", "’”"}) {
    const Analyzed text(repeated(piece, kMegabyte));
    EXPECT_GE(text.document().tokens().size(), kMegabyte / 4) << piece;
    EXPECT_LE(text.document().quoted().size(), text.document().tokens().size() / 2) << piece;
    expect_consistent(text.document());
  }
}

TEST(HostileText, QuoteMarksWithSpacesAndLines) {
  for (const std::string_view piece :
       {"\" ", " \"", "\"\n", "\"\n\n", "\"a\n\n", "“a ‘b ", "a\" ", "\"a\" \"", "'a \"b ", "”a, ”b "}) {
    const Analyzed text(repeated(piece, kQuarter));
    EXPECT_FALSE(text.document().tokens().empty()) << piece;
    expect_consistent(text.document());
  }
}

TEST(HostileText, TenThousandNestedMarksNestToTheLimit) {
  std::string text;
  for (int i = 0; i < 10'000; ++i) text += i % 2 == 0 ? "“a " : "‘b ";
  for (int i = 0; i < 10'000; ++i) text += i % 2 == 0 ? "c’ " : "d” ";
  const Analyzed analyzed(text);
  std::uint32_t deepest = 0;
  for (const QuotedSpan& span : analyzed.document().quoted()) deepest = std::max(deepest, span.depth);
  EXPECT_EQ(analyzed.document().quoted().size(), QuotePairing::kMaxOpenMarks);
  EXPECT_EQ(deepest, QuotePairing::kMaxOpenMarks - 1);
  expect_consistent(analyzed.document());
}

TEST(HostileText, AQuotationOverManyParagraphsIsOneSpan) {
  const Analyzed text(repeated("“a\n\n", kQuarter) + "“b” c");
  ASSERT_EQ(text.document().quoted().size(), 1U);
  EXPECT_EQ(text.document().quoted()[0].part_count, text.document().paragraphs().size());
  EXPECT_TRUE(text.document().unclosed_marks().empty());
}

TEST(HostileText, MarksBracketsStopsSpacesAndLines) {
  for (const std::string_view piece :
       {"(",       ")",  "()",     "(a",       "a)",    ".",    ". ",    "A. ", "A.",     "?!", "a. b", "A. B. ",
        "…",       "\n", "a\n",    "A\n",      "a\r\n", "a.\n", "\n \n", " ",   "\u00A0", "-",  "- ",   "🙂",
        "👩\u200D", "🇮🇩", "\u200D", "a\u0301 ", "你",    "C.  ", "Dr. ",  "1. ", "@",      ",,", ", "}) {
    const Analyzed text(repeated(piece, kQuarter));
    expect_consistent(text.document());
    for (const TokenRange paragraph : text.document().paragraphs()) ASSERT_FALSE(paragraph.empty()) << piece;
  }
}

TEST(HostileText, ManyAnalysesWithOneDocumentAreIndependent) {
  const Vocabulary vocabulary;
  const TextRules rules;
  Document reused;
  const std::string texts[] = {"“Kami siap.\n\n“Ya,” kata Budi.", "",  "\"",
                               "Satu. Dua (tiga. empat) ‘lima’.", " ", "“Kami siap."};
  for (const std::string& text : texts) {
    Document fresh;
    fresh.analyze(text, rules, vocabulary);
    reused.analyze(text, rules, vocabulary);
    ASSERT_EQ(reused.tokens().size(), fresh.tokens().size());
    EXPECT_TRUE(std::equal(reused.sentences().begin(), reused.sentences().end(), fresh.sentences().begin(),
                           fresh.sentences().end()));
    EXPECT_TRUE(std::equal(reused.paragraphs().begin(), reused.paragraphs().end(), fresh.paragraphs().begin(),
                           fresh.paragraphs().end()));
    EXPECT_TRUE(std::equal(reused.quoted_parts().begin(), reused.quoted_parts().end(), fresh.quoted_parts().begin(),
                           fresh.quoted_parts().end()));
    EXPECT_EQ(reused.quoted().size(), fresh.quoted().size());
    EXPECT_EQ(reused.unclosed_marks().size(), fresh.unclosed_marks().size());
  }
}

}  // namespace
}  // namespace kutip::text
