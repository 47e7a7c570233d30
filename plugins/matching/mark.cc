#include "matching/mark.h"

#include <string_view>

#include "text/utf8.h"

namespace kutip::matching {
namespace {

bool is_any_of(char32_t c, std::u32string_view set) {
  return set.find(c) != std::u32string_view::npos;
}

}  // namespace

Mark mark_of(const text::Document& document, const text::Token& token) {
  if ((token.shape & (text::kPunct | text::kSymbol)) == 0) return Mark::kNone;
  const char32_t c = text::code_point_at(document.text(token), 0).value;
  if (is_any_of(c, U".?!\u2026\u203D\u3002\uFF01\uFF1F")) return Mark::kTerminator;
  if (is_any_of(
          c,
          U"\"'`"
          U"\u00AB\u00B4\u00BB\u2018\u2019\u201A\u201B\u201C\u201D\u201E\u201F\u2039\u203A\u301D\u301E\u301F\uFF02")) {
    return Mark::kQuote;
  }
  if (is_any_of(c, U"([{\uFF08\u3008\u300A\u300C\u300E")) return Mark::kOpening;
  if (is_any_of(c, U")]}\uFF09\u3009\u300B\u300D\u300F")) return Mark::kClosing;
  if (is_any_of(c, U"-\u2010\u2011\u2012\u2013\u2014\u2015\u2212")) return Mark::kDash;
  if (is_any_of(c, U"*\u00B7\u2022\u2023\u2043\u25AA\u25AB\u25CB\u25CF\u25E6")) return Mark::kBullet;
  return Mark::kNone;
}

}  // namespace kutip::matching
