#pragma once

#include <span>

#include "authoring/explained_rules.h"
#include "loading/findings.h"
#include "loading/plugin_spec.h"

namespace kutip::authoring {

// Reports rules that cannot win: those whose matches all go to another rule, as their patterns show (takes_all.h), and
// those that match sentences of the tests but win in none. With a sentence that shows it, where one is found.
// `plugins` are the grammar's. O(sentences * rules + pairs of rules of one phase that emit the same).
void report_never_wins(const ExplainedRules& rules, std::span<const loading::PluginSpec* const> plugins,
                       loading::Findings& findings);

}  // namespace kutip::authoring
