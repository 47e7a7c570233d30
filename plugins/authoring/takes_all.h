#pragma once

#include <span>

#include "loading/rule_patterns.h"
#include "tagging/rule_set.h"

namespace kutip::authoring {

// True only if `loser` cannot win while `winner` is loaded: whatever it matches, `winner` matches too over the same
// tokens, with equal emits, and comes first in the order of conflicts. Judged on the patterns alone, and carefully:
// steps are compared one by one; `winner` may ask less of single tokens, up to the first step on either side of the
// anchor that leaves a choice, and may have fewer exceptions and checks. `patterns` are the grammar's, by RuleId.
// O(steps).
bool takes_all(matching::RuleId winner, matching::RuleId loser, const tagging::Grammar& grammar,
               std::span<const loading::RulePatterns> patterns);

}  // namespace kutip::authoring
