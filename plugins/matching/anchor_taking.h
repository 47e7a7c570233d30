#pragma once

#include <optional>

#include "matching/matcher.h"
#include "matching/search.h"

namespace kutip::matching {

// What the anchor step takes of a candidate.
struct TakenAnchor {
  const AnchorOption* option = nullptr;
  std::optional<TrailItem> item;  // the entry or annotation
};

// The first way of taking the anchor that the candidate meets with all its conditions, if any.
std::optional<TakenAnchor> take_anchor(const Program::Impl& program, const MatchInput& input,
                                       const Candidate& candidate, Search& search);

}  // namespace kutip::matching
