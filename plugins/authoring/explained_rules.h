#pragma once

#include <memory>
#include <span>

#include "authoring/lexicon_cover.h"
#include "loading/diagnostic.h"
#include "loading/rule_patterns.h"
#include "tagging/rule_set.h"

namespace kutip::authoring {

// What is to be explained with: one grammar of a rule set, and what its files say. All referenced objects outlive it.
struct ExplainedRules {
  ExplainedRules(const tagging::RuleSet& all, const tagging::Grammar& one,
                 std::span<const loading::RulePatterns> patterns_of_rules, std::span<const loading::SourceFile> sources)
      : rules(all), grammar(one), patterns(patterns_of_rules), files(sources), cover(one.lexicons) {}

  const tagging::RuleSet& rules;
  const tagging::Grammar& grammar;
  std::span<const loading::RulePatterns> patterns;  // of the grammar, by RuleId
  std::span<const loading::SourceFile> files;       // that the rules were loaded from
  LexiconCover cover;
};

// What conditions are asked about, and in which words to answer.
struct GrammarView {
  const tagging::Grammar& grammar;
  const LexiconCover& cover;
};

}  // namespace kutip::authoring
