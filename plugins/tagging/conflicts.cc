#include "tagging/conflicts.h"

#include <algorithm>

namespace kutip::tagging {
namespace {

// True if `held` is the same for all tokens of `range`. The ends are asked first: matches come longest first, so of two
// that overlap, the later one mostly has an end inside the earlier.
bool all_held_by(std::span<const std::uint32_t> holders, text::TokenRange range, std::uint32_t held) {
  if (holders[range.begin] != held || holders[range.end - 1] != held) return false;
  const auto tokens = holders.subspan(range.begin, range.size());
  return std::all_of(tokens.begin(), tokens.end(), [held](std::uint32_t holder) { return holder == held; });
}

}  // namespace

void TakenTokens::reset(std::uint32_t tokens, std::size_t types) {
  tokens_ = tokens;
  if (holders_.size() < types) holders_.resize(types);
  for (auto& holders : holders_) holders.clear();
}

bool TakenTokens::admits(TypeId type, std::span<const Part> parts, Overlap overlap, const Records& records) const {
  const auto& holders = holders_[type];
  if (overlap == Overlap::kAll || holders.empty()) return true;
  const std::uint32_t held = overlap == Overlap::kNest ? holders[parts.front().range.begin] : 0;
  for (const Part& part : parts)
    if (!all_held_by(holders, part.range, held)) return false;
  if (held == 0) return true;
  const auto around = records.parts(records[held - 1]);
  return std::none_of(around.begin(), around.end(), [&](const Part& part) {
    return part.range == text::TokenRange{parts.front().range.begin, parts.back().range.end};
  });
}

std::optional<std::uint32_t> TakenTokens::record_over(TypeId type, text::TokenRange range,
                                                      const Records& records) const {
  const auto& holders = holders_[type];
  if (holders.empty() || holders[range.begin] == 0) return std::nullopt;
  const std::uint32_t record = holders[range.begin] - 1;
  return records[record].range == range ? std::optional(record) : std::nullopt;
}

void TakenTokens::take(TypeId type, std::span<const Part> parts, Overlap overlap, std::uint32_t record) {
  auto& holders = holders_[type];
  if (holders.empty()) holders.assign(tokens_, 0);
  for (const Part& part : parts)
    for (std::uint32_t t = part.range.begin; t < part.range.end; ++t)
      if (overlap != Overlap::kAll || holders[t] == 0) holders[t] = record + 1;
}

}  // namespace kutip::tagging
