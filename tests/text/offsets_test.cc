#include "text/offsets.h"

#include <gtest/gtest.h>

#include <string>

#include "text/utf8.h"

namespace kutip::text {
namespace {

// Emoji, combining marks, U+00A0, CR LF and CJK, longer than a block of checkpoints.
std::string mixed_text() {
  std::string text;
  for (int i = 0; i < 40; ++i) text += "“Ba\u0301ik\u00A0🙂,” kata 你好.\r\n";
  return text;
}

TEST(OffsetConverter, CountsUnitsBeforeEachBoundary) {
  const std::string text = mixed_text();
  const OffsetConverter utf8(text, OffsetUnit::kUtf8), utf16(text, OffsetUnit::kUtf16),
      code_points(text, OffsetUnit::kCodePoint);
  std::uint32_t units = 0, points = 0;
  for (std::uint32_t i = 0; i < text.size();) {
    ASSERT_EQ(utf8(i), i);
    ASSERT_EQ(utf16(i), units);
    ASSERT_EQ(code_points(i), points);
    const CodePoint c = code_point_at(text, i);
    units += c.value > 0xFFFF ? 2 : 1;
    ++points;
    i += c.size;
  }
  EXPECT_EQ(utf8.text_length(), text.size());
  EXPECT_EQ(utf16.text_length(), units);
  EXPECT_EQ(code_points.text_length(), points);
}

TEST(OffsetConverter, LeavesAsciiAlone) {
  const std::string text(1000, 'x');
  for (const OffsetUnit unit : {OffsetUnit::kUtf8, OffsetUnit::kUtf16, OffsetUnit::kCodePoint}) {
    const OffsetConverter converter(text, unit);
    EXPECT_EQ(converter(0), 0U);
    EXPECT_EQ(converter(777), 777U);
    EXPECT_EQ(converter.text_length(), 1000U);
  }
}

TEST(OffsetConverter, SlicesTheSameWordInEachUnit) {
  const std::string text = "🙂 Ia berkata: “Ya.”";
  const auto byte = static_cast<std::uint32_t>(text.find("Ya"));
  EXPECT_EQ(OffsetConverter(text, OffsetUnit::kCodePoint)(byte), 15U);
  EXPECT_EQ(OffsetConverter(text, OffsetUnit::kUtf16)(byte), 16U);
  const std::u16string wide = u"🙂 Ia berkata: “Ya.”";
  EXPECT_EQ(wide.substr(16, 2), u"Ya");
}

TEST(OffsetConverter, TakesTheEndOfATextOfWholeBlocks) {
  std::string text;
  while (text.size() < 512) text += "é";
  EXPECT_EQ(OffsetConverter(text, OffsetUnit::kCodePoint).text_length(), 256U);
  EXPECT_EQ(OffsetConverter("", OffsetUnit::kUtf16).text_length(), 0U);
}

}  // namespace
}  // namespace kutip::text
