#pragma once

#include <span>

#include "loading/findings.h"
#include "loading/plugin_spec.h"
#include "loading/rule_patterns.h"
#include "tagging/rule_set.h"

namespace kutip::authoring {

// Reports entries that are found in no text that holds them, for the tokenizer cuts it in another way. Tries each entry
// alone, before and behind another word, and with a capital. O(entries).
void report_never_produced(const tagging::Grammar& grammar, std::span<const loading::PluginSpec> plugins,
                           std::span<const loading::SourceFile> files, loading::Findings& findings);

// Reports forms that stand in two of the lexicons that one `lex` step names with different columns: which entry counts
// is then a matter of order. O(entries * log entries).
void report_same_forms(const tagging::Grammar& grammar, std::span<const loading::RulePatterns> patterns,
                       std::span<const loading::PluginSpec> plugins, std::span<const loading::SourceFile> files,
                       loading::Findings& findings);

}  // namespace kutip::authoring
