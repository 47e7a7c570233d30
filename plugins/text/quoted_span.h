#pragma once

#include <cstdint>

#include "text/span.h"

namespace kutip::text {

// A pair of quote marks and what stands between, or an opening mark without its partner. Never empty inside.
struct QuotedSpan {
  TokenRange range;          // marks included
  TokenRange inner;          // without the marks
  bool closed = true;        // false: reaches to the end of its paragraph
  std::uint32_t depth = 0;   // 0 = outermost
  std::int32_t parent = -1;  // index of the enclosing QuotedSpan
  // quoted_parts()[first_part, first_part + part_count): one range per paragraph, each with the marks that open and
  // close it there.
  std::uint32_t first_part = 0;
  std::uint32_t part_count = 1;
};

}  // namespace kutip::text
