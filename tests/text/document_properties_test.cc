#include <gtest/gtest.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utext.h>

#include <algorithm>
#include <random>

#include "analyzed.h"
#include "text/normal_form.h"
#include "text/offsets.h"
#include "text/utf8.h"

namespace kutip::text {
namespace {

// A text of pieces that matter to some step, in random order.
std::string random_text(std::mt19937& random) {
  static const Strings pieces{
      "kata",
      "Budi",
      "PBB",
      "C",
      "é",
      "É",
      "e\u0301",
      "12",
      "3,5",
      "Ma'ruf",
      "guru",
      "-",
      "Abc",
      "\"",
      "\"",
      "”",
      "“",
      "'",
      "’",
      "‘",
      "''",
      "«",
      "»",
      "„",
      "(",
      ")",
      "[",
      "]",
      ".",
      ".",
      ",",
      "?",
      "!",
      "…",
      "...",
      ":",
      " ",
      " ",
      " ",
      " ",
      " ",
      "\u00A0",
      "\n",
      "\n\n",
      "\r\n",
      "\t",
      "\u2029",
      "🙂",
      "👩\u200D👧",
      "🇮🇩",
      "👍🏽",
      "你",
      "ก",
      "한",
      "السلام",
      "€",
      "%",
      "—",
      "Dr.",
      "\u200B",
      "\uFEFF",
      "ß",
      "İ",
      "Σ",
      "#",
      "``",
      "「",
      "」",
      "1\uFE0F\u20E3",
      "d\u0323\u0307",
  };
  std::string text;
  for (std::size_t left = random() % 60; left > 0; --left) text += pieces[random() % pieces.size()];
  return text;
}

bool is_separator(char32_t c) {
  const auto code_point = static_cast<UChar32>(c);
  return u_isUWhiteSpace(code_point) || c == 0x200B || c == 0xFEFF;
}

void expect_tokens_cover(const Document& document) {
  std::uint32_t end = 0;
  const auto expect_gap = [&](std::uint32_t begin, std::uint32_t limit) {
    for (std::uint32_t i = begin; i < limit;) {
      const CodePoint c = code_point_at(document.text(), i);
      ASSERT_TRUE(is_separator(c.value)) << "not in a token: " << document.text().substr(i, c.size);
      i += c.size;
    }
  };
  for (const Token& token : document.tokens()) {
    ASSERT_LT(token.span.begin, token.span.end);
    ASSERT_LE(end, token.span.begin);
    expect_gap(end, token.span.begin);
    ASSERT_EQ(find_ill_formed(document.text(token)), std::nullopt);
    ASSERT_EQ(token.length, count_code_points(document.text(token)));
    ASSERT_EQ(token.hash, hash_word(normal_form(document.text(token))));
    end = token.span.end;
  }
  expect_gap(end, static_cast<std::uint32_t>(document.text().size()));
}

void expect_ranges_cover(std::span<const TokenRange> ranges, std::size_t tokens) {
  std::uint32_t next = 0;
  for (const TokenRange range : ranges) {
    ASSERT_EQ(range.begin, next);
    ASSERT_FALSE(range.empty());
    next = range.end;
  }
  ASSERT_EQ(next, tokens);
}

void expect_sentences_fit(const Document& document) {
  expect_ranges_cover(document.sentences(), document.tokens().size());
  expect_ranges_cover(document.paragraphs(), document.tokens().size());
  for (std::uint32_t s = 0; s < document.sentences().size(); ++s) {
    const TokenRange sentence = document.sentences()[s];
    ASSERT_TRUE(document.paragraphs()[document.paragraph_of_sentence(s)].contains(sentence));
    for (std::uint32_t t = sentence.begin; t < sentence.end; ++t) ASSERT_EQ(document.sentence_of(t), s);
  }
}

void expect_part_fits(const Document& document, const QuotedSpan& span, TokenRange part) {
  ASSERT_TRUE(span.range.contains(part));
  ASSERT_EQ(document.paragraph_of(part.begin), document.paragraph_of(part.end - 1));
  if (span.closed) {
    ASSERT_EQ(document.sentence_of(part.begin), document.sentence_of(part.end - 1));
  }
}

void expect_quoted_fit(const Document& document) {
  const auto quoted = document.quoted();
  std::size_t parts = 0;
  for (std::size_t i = 0; i < quoted.size(); ++i) {
    const QuotedSpan& span = quoted[i];
    ASSERT_FALSE(span.inner.empty());
    ASSERT_EQ(span.inner, (TokenRange{span.range.begin + 1, span.range.end - (span.closed ? 1U : 0U)}));
    ASSERT_EQ(span.first_part, parts);
    parts += span.part_count;
    ASSERT_EQ(document.quoted_parts()[span.first_part].begin, span.range.begin);
    ASSERT_EQ(document.quoted_parts()[parts - 1].end, span.range.end);
    for (std::size_t p = span.first_part; p < parts; ++p) expect_part_fits(document, span, document.quoted_parts()[p]);
    if (i > 0) {
      ASSERT_LT(quoted[i - 1].range.begin, span.range.begin);
    }
    if (span.parent < 0) {
      ASSERT_EQ(span.depth, 0U);
    } else {
      ASSERT_LT(static_cast<std::size_t>(span.parent), i);
      const QuotedSpan& parent = quoted[static_cast<std::size_t>(span.parent)];
      ASSERT_TRUE(parent.inner.contains(span.range));
      ASSERT_EQ(span.depth, parent.depth + 1);
    }
    for (std::size_t j = 0; j < i; ++j) {
      ASSERT_TRUE(!quoted[j].range.overlaps(span.range) || quoted[j].range.contains(span.range));
    }
  }
  ASSERT_EQ(document.quoted_parts().size(), parts);
}

// Borders of tokens are borders of characters as users see them (ICU is the oracle).
void expect_no_split_characters(const Document& document) {
  UErrorCode status = U_ZERO_ERROR;
  UText* text =
      utext_openUTF8(nullptr, document.text().data(), static_cast<std::int64_t>(document.text().size()), &status);
  UBreakIterator* characters = ubrk_open(UBRK_CHARACTER, "", nullptr, 0, &status);
  ubrk_setUText(characters, text, &status);
  ASSERT_TRUE(U_SUCCESS(status));
  for (const Token& token : document.tokens()) {
    EXPECT_TRUE(ubrk_isBoundary(characters, static_cast<std::int32_t>(token.span.begin))) << document.text(token);
    EXPECT_TRUE(ubrk_isBoundary(characters, static_cast<std::int32_t>(token.span.end))) << document.text(token);
  }
  ubrk_close(characters);
  utext_close(text);
}

TEST(DocumentProperties, HoldForRandomTexts) {
  std::mt19937 random(1945);
  for (int i = 0; i < 20'000 && !testing::Test::HasFailure(); ++i) {
    const std::string text = random_text(random);
    SCOPED_TRACE(text);
    const Analyzed analyzed(text);
    expect_tokens_cover(analyzed.document());
    expect_sentences_fit(analyzed.document());
    expect_quoted_fit(analyzed.document());
    if (i % 10 == 0) expect_no_split_characters(analyzed.document());
  }
}

TEST(DocumentProperties, HoldForRandomCodePoints) {
  std::mt19937 random(817);
  for (int i = 0; i < 2'000 && !testing::Test::HasFailure(); ++i) {
    icu::UnicodeString wide;
    for (int k = 0; k < 30; ++k) {
      const auto c = static_cast<UChar32>(random() % (k % 3 == 0 ? 0x110000 : 0x3000));
      if (!U_IS_SURROGATE(c)) wide.append(c);
    }
    std::string text;
    wide.toUTF8String(text);
    ASSERT_EQ(find_ill_formed(text), std::nullopt);
    const Analyzed analyzed(text);
    expect_sentences_fit(analyzed.document());
    expect_quoted_fit(analyzed.document());
    for (const Token& token : analyzed.document().tokens()) {
      ASSERT_EQ(find_ill_formed(analyzed.document().text(token)), std::nullopt);
      ASSERT_EQ(token.hash, hash_word(normal_form(analyzed.document().text(token))));
    }
  }
}

// Words of ICU's word iterator, in simple text: letters only, no hyphens.
TEST(Tokens, AreTheWordsOfIcuInSimpleText) {
  std::mt19937 random(28);
  const Strings pieces{
      "kata ",   "Budi ", "pertanggungjawabannya ", "Ma'ruf ", "café, ", "Ärzte ", "12 ", "3,5 ", "naik. ", "Привет! ",
      "λόγος\n", "don’t "};
  for (int i = 0; i < 200; ++i) {
    std::string text;
    for (int k = 0; k < 50; ++k) text += pieces[random() % pieces.size()];
    UErrorCode status = U_ZERO_ERROR;
    UText* utext = utext_openUTF8(nullptr, text.data(), static_cast<std::int64_t>(text.size()), &status);
    UBreakIterator* words = ubrk_open(UBRK_WORD, "id", nullptr, 0, &status);
    ubrk_setUText(words, utext, &status);
    ASSERT_TRUE(U_SUCCESS(status));
    Strings expected;
    std::int32_t begin = 0;
    for (std::int32_t end = ubrk_next(words); end != UBRK_DONE; end = ubrk_next(words)) {
      const bool word = ubrk_getRuleStatus(words) >= UBRK_WORD_NONE_LIMIT;
      if (word) expected.push_back(text.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin)));
      begin = end;
    }
    ubrk_close(words);
    utext_close(utext);
    const Analyzed analyzed(text);
    Strings found;
    for (const Token& token : analyzed.document().tokens()) {
      if ((token.shape & (kPunct | kSymbol)) == 0) found.emplace_back(analyzed.document().text(token));
    }
    ASSERT_EQ(found, expected) << text;
  }
}

// Slicing a client's own UTF-16 or UTF-32 string by converted offsets gives the tokens.
TEST(DocumentProperties, TokensCanBeSlicedInEachUnit) {
  std::mt19937 random(45);
  for (int i = 0; i < 300; ++i) {
    const std::string text = random_text(random) + "🙂 “Ba\u0301ik\u00A0ya,”\r\nkata Budi.";
    const Analyzed analyzed(text);
    const icu::UnicodeString wide = icu::UnicodeString::fromUTF8(text);
    const OffsetConverter utf16(text, OffsetUnit::kUtf16), code_points(text, OffsetUnit::kCodePoint);
    ASSERT_EQ(utf16.text_length(), static_cast<std::uint32_t>(wide.length()));
    ASSERT_EQ(code_points.text_length(), static_cast<std::uint32_t>(wide.countChar32()));
    for (const Token& token : analyzed.document().tokens()) {
      const auto begin = static_cast<std::int32_t>(utf16(token.span.begin));
      const auto end = static_cast<std::int32_t>(utf16(token.span.end));
      std::string slice;
      wide.tempSubStringBetween(begin, end).toUTF8String(slice);
      ASSERT_EQ(slice, analyzed.document().text(token));
      ASSERT_EQ(wide.moveIndex32(0, static_cast<std::int32_t>(code_points(token.span.begin))), begin);
      ASSERT_EQ(wide.moveIndex32(0, static_cast<std::int32_t>(code_points(token.span.end))), end);
    }
  }
}

}  // namespace
}  // namespace kutip::text
