#pragma once

#include <span>
#include <vector>

#include "loading/findings.h"
#include "loading/plugin_spec.h"
#include "loading/rule_patterns.h"
#include "tagging/rule_set.h"

namespace kutip::loading {

struct BuiltGrammar {
  tagging::Grammar grammar;
  std::vector<RulePatterns> patterns;                    // by RuleId
  std::vector<std::uint32_t> rule_counts, entry_counts;  // parallel to the plugins
};

// Compiles the plugins of one language, given in the order of order_plugins(). Reports every mistake; what is returned
// is of use only if none was an error. Rule::plugin and Grammar::plugins are indices into `plugins`.
BuiltGrammar build_grammar(std::vector<const PluginSpec*> plugins, std::span<const SourceFile> files,
                           Findings& findings);

}  // namespace kutip::loading
