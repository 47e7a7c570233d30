#pragma once

#include <set>
#include <utility>

#include "matching/pattern.h"

namespace kutip::authoring {

// Captures of two patterns that stand at the same step of both; a step without one has none, -1.
using CapturePairs = std::set<std::pair<int, int>>;

// True only if every token that meets `narrow` meets `wide`.
bool includes(const matching::Condition& wide, const matching::Condition& narrow);

// True if the steps match the same in the same order of preference, but for captures and anchor marks. Captures at
// equal steps are added to `captures`.
bool equal_steps(const matching::Steps& a, const matching::Steps& b, CapturePairs& captures);
bool equal_step(const matching::Step& a, const matching::Step& b, CapturePairs& captures);

// True only if both steps always take the same number of tokens, and `wide` takes whatever `narrow` does.
bool includes_tokens(const matching::Step& wide, const matching::Step& narrow, CapturePairs& captures);

}  // namespace kutip::authoring
