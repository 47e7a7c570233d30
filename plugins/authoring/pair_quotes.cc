#include "authoring/pair_quotes.h"

#include <algorithm>
#include <tuple>

#include "authoring/extents.h"

namespace kutip::authoring {
namespace {

std::vector<CodePointSet> points_of(std::u32string_view text, const std::vector<MarkedQuote>& quotes) {
  std::vector<CodePointSet> sets;
  for (const MarkedQuote& quote : quotes) sets.emplace_back(trimmed(text, quote.fragments));
  return sets;
}

struct Candidate {
  double closeness = 0;
  QuotePair pair;
};

}  // namespace

std::vector<QuotePair> pair_quotes(std::u32string_view text, const std::vector<MarkedQuote>& gold,
                                   const std::vector<MarkedQuote>& found) {
  const auto gold_points = points_of(text, gold), found_points = points_of(text, found);
  std::vector<Candidate> candidates;
  for (std::size_t i = 0; i < gold.size(); ++i)
    for (std::size_t j = 0; j < found.size(); ++j) {
      const std::size_t common = gold_points[i].common_with(found_points[j]);
      const std::size_t all = gold_points[i].size() + found_points[j].size() - common;
      if (common != 0 && 2 * common >= all)
        candidates.push_back({static_cast<double>(common) / static_cast<double>(all), {i, j}});
    }
  std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    return std::tuple(-a.closeness, a.pair.gold, a.pair.found) < std::tuple(-b.closeness, b.pair.gold, b.pair.found);
  });
  std::vector<char> gold_used(gold.size()), found_used(found.size());
  std::vector<QuotePair> pairs;
  for (const Candidate& each : candidates) {
    if (gold_used[each.pair.gold] || found_used[each.pair.found]) continue;
    gold_used[each.pair.gold] = found_used[each.pair.found] = 1;
    pairs.push_back(each.pair);
  }
  return pairs;
}

}  // namespace kutip::authoring
