#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "loading/build_lexicons.h"
#include "loading/plugin_spec.h"
#include "loading/resolve_pattern.h"
#include "loading/rule_patterns.h"
#include "tagging/rule_set.h"

namespace kutip::loading {

// What building rules collects for their grammar.
struct RuleBuildState {
  const PatternContext& context;
  matching::TokenClasses& classes;
  const ColumnNumbers& columns;
  std::vector<std::string> constants;  // by tagging::Constant
  std::map<std::string, std::uint32_t> constant_ids;
  std::set<matching::LexiconId> lemma_read;  // lexicons whose lemma a rule asks for
};

struct BuiltRule {
  tagging::Rule rule;
  RulePatterns patterns;
};

// Resolves, checks and compiles one rule. Reports every mistake; nullopt if there is one. `plugin`: index into
// Symbols::plugins(), which the caller replaces by that into RuleSet::plugins().
std::optional<BuiltRule> build_rule(const RuleSpec& spec, std::uint32_t plugin, RuleBuildState& state);

// Resolves one item of `emit`; notes the captures it uses.
tagging::Emit build_emit(const EmitSpec& spec, const ResolvedPattern& pattern, std::set<std::string>& used,
                         RuleBuildState& state);

// Finds a capture of the pattern by name and notes its use; reports an unknown one.
std::optional<matching::CaptureId> use_capture(const Name& name, const ResolvedPattern& pattern,
                                               std::set<std::string>& used, Findings& findings);

// Reports a pattern that cannot be compiled.
void report_pattern_error(const matching::PatternError& error, const SourceRange& pattern, Findings& findings);

// Checks the tests beside a rule: their marks and what they expect; notes the captures they use.
void check_tests(const RuleSpec& spec, const ResolvedPattern& pattern, std::set<std::string>& used,
                 const PatternContext& context);

}  // namespace kutip::loading
