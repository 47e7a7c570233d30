#include "text/display_width.h"

#include <unicode/uchar.h>

#include "text/utf8.h"

namespace kutip::text {

std::uint32_t display_width(char32_t code_point) {
  if (code_point >= 0x20 && code_point < 0x7F) return 1;
  const auto c = static_cast<UChar32>(code_point);
  constexpr std::uint32_t kInvisible = U_GC_MN_MASK | U_GC_ME_MASK | U_GC_CF_MASK | U_GC_CC_MASK;
  constexpr char32_t kSoftHyphen = 0xAD;  // a format character, but terminals show it
  if ((U_GET_GC_MASK(c) & kInvisible) != 0 && code_point != kSoftHyphen) return 0;
  const int east_asian = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
  return east_asian == U_EA_WIDE || east_asian == U_EA_FULLWIDTH ? 2 : 1;
}

std::uint32_t display_width(std::string_view text) {
  std::uint32_t columns = 0;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint next = code_point_at(text, at);
    columns += display_width(next.value);
    at += next.size;
  }
  return columns;
}

}  // namespace kutip::text
