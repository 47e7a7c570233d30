#pragma once

#include <memory>

#include "loading/load.h"
#include "service/rules_status.h"

namespace kutip::service {

// The active rules once more, with what explaining needs and answering does not keep: the steps of their patterns.
// Immutable.
struct ExplainableRules {
  store::RuleFilesPtr files;
  loading::LoadResult loaded;  // equal files give equal rules, in equal order
};
using ExplainableRulesPtr = std::shared_ptr<const ExplainableRules>;

// Those of the active files; `known` if it is made of them. Compiles them else: slow. REQUIRES: rules are active.
ExplainableRulesPtr make_explainable(const RulesStatus& status, ExplainableRulesPtr known);

}  // namespace kutip::service
