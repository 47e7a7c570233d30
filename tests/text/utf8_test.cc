#include "text/utf8.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace kutip::text {
namespace {

struct IllFormedCase {
  const char* what;
  std::string bytes;
  std::optional<std::size_t> at;
};

TEST(FindIllFormed, NamesTheFirstByteThatCannotStand) {
  const IllFormedCase cases[] = {
      {"empty", "", std::nullopt},
      {"ASCII", "kata Budi", std::nullopt},
      {"NUL", std::string("a\0b", 3), std::nullopt},
      {"all lengths", "aé€🙂", std::nullopt},
      {"first and last code point of each length",
       "\xC2\x80\xDF\xBF\xE0\xA0\x80\xEF\xBF\xBF\xF0\x90\x80\x80\xF4\x8F\xBF\xBF", std::nullopt},
      {"around the surrogates", "\xED\x9F\xBF\xEE\x80\x80", std::nullopt},
      {"lone continuation", "ab\x80", 2},
      {"lead without continuation", "ab\xC3", 2},
      {"lead before ASCII", "ab\xC3z", 2},
      {"three bytes cut short", "\xE2\x82", 0},
      {"four bytes cut short", "a\xF0\x9F\x99", 1},
      {"overlong of two", "\xC0\xAF", 0},
      {"overlong of two, C1", "\xC1\xBF", 0},
      {"overlong of three", "\xE0\x9F\xBF", 0},
      {"overlong of four", "\xF0\x8F\xBF\xBF", 0},
      {"first surrogate", "\xED\xA0\x80", 0},
      {"last surrogate", "x\xED\xBF\xBF", 1},
      {"above U+10FFFF", "\xF4\x90\x80\x80", 0},
      {"F5", "\xF5\x80\x80\x80", 0},
      {"FF", "\xFF", 0},
      {"behind a long ASCII run", std::string(100, 'a') + "\xFE", 100},
      {"inside a block of sixteen", std::string(37, 'a') + "\x80" + std::string(37, 'a'), 37},
  };
  for (const IllFormedCase& c : cases) EXPECT_EQ(find_ill_formed(c.bytes), c.at) << c.what;
}

TEST(FindIllFormed, AcceptsEveryCodePointAndNoOtherSequenceOfItsLength) {
  for (char32_t c = 0x80; c <= 0x10FFFF; c += c < 0x1000 ? 1 : 97) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    std::string bytes;
    if (c < 0x800) {
      bytes = std::string{static_cast<char>(0xC0 | c >> 6), static_cast<char>(0x80 | (c & 0x3F))};
    } else if (c < 0x10000) {
      bytes = std::string{static_cast<char>(0xE0 | c >> 12), static_cast<char>(0x80 | (c >> 6 & 0x3F)),
                          static_cast<char>(0x80 | (c & 0x3F))};
    } else {
      bytes = std::string{static_cast<char>(0xF0 | c >> 18), static_cast<char>(0x80 | (c >> 12 & 0x3F)),
                          static_cast<char>(0x80 | (c >> 6 & 0x3F)), static_cast<char>(0x80 | (c & 0x3F))};
    }
    ASSERT_EQ(find_ill_formed(bytes), std::nullopt) << static_cast<std::uint32_t>(c);
    ASSERT_EQ(code_point_at(bytes, 0).value, c);
    ASSERT_EQ(code_point_before(bytes, bytes.size()).value, c);
    ASSERT_EQ(code_point_before(bytes, bytes.size()).size, bytes.size());
    ASSERT_EQ(find_ill_formed(bytes.substr(0, bytes.size() - 1)), 0U);
    ASSERT_EQ(find_ill_formed(bytes.substr(1)), 0U);
  }
}

TEST(Counts, KnowCodePointsAndUtf16Units) {
  EXPECT_EQ(count_code_points(""), 0U);
  EXPECT_EQ(count_utf16_units(""), 0U);
  EXPECT_EQ(count_code_points("aé€🙂"), 4U);
  EXPECT_EQ(count_utf16_units("aé€🙂"), 5U);
}

}  // namespace
}  // namespace kutip::text
