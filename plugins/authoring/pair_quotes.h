#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "authoring/annotated_text.h"

namespace kutip::authoring {

struct QuotePair {
  std::size_t gold = 0, found = 0;  // indices
};

// Pairs quotes one to one where the code points they share are at least half of those that either has (Jaccard 0.5),
// fragments trimmed; the closest first, of equals the earlier ones. O(gold * found).
std::vector<QuotePair> pair_quotes(std::u32string_view text, const std::vector<MarkedQuote>& gold,
                                   const std::vector<MarkedQuote>& found);

}  // namespace kutip::authoring
