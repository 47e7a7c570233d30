#pragma once

#include <string>
#include <utility>
#include <vector>

#include "matching/pattern.h"

namespace kutip::loading {

// A rule's patterns as trees, with the ids of its grammar: what tools for authors go through step by step, for a
// compiled rule no longer tells its steps.
struct RulePatterns {
  matching::Pattern pattern;
  std::vector<std::pair<std::string, matching::Pattern>> exceptions;  // by id
};

// By index of the grammar in its RuleSet, then by RuleId.
using PatternsOfRules = std::vector<std::vector<RulePatterns>>;

}  // namespace kutip::loading
