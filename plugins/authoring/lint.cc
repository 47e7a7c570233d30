#include "authoring/lint.h"

#include "authoring/entry_checks.h"
#include "authoring/lexicon_uses.h"
#include "authoring/never_wins.h"
#include "loading/findings.h"
#include "loading/parse_plugins.h"

namespace kutip::authoring {
namespace {

using loading::PluginSpec;

std::vector<const PluginSpec*> plugins_of(const std::vector<PluginSpec>& plugins, const tagging::RuleSet& rules,
                                          const tagging::Grammar& grammar) {
  std::vector<const PluginSpec*> own;
  for (const PluginSpec& plugin : plugins)
    if (rules.grammar(plugin.manifest.language.value) == &grammar) own.push_back(&plugin);
  return own;
}

}  // namespace

std::vector<loading::Diagnostic> lint(const loading::LoadResult& loaded, std::span<const loading::SourceFile> files) {
  loading::Findings findings, ignored;
  const std::vector<PluginSpec> plugins = loading::parse_plugins(files, ignored);
  report_unused_lexicons(plugins, findings);
  for (std::size_t g = 0; g < loaded.rules->grammars().size(); ++g) {
    const tagging::Grammar& grammar = loaded.rules->grammars()[g];
    const ExplainedRules rules(*loaded.rules, grammar, loaded.patterns->at(g), files);
    const auto own = plugins_of(plugins, *loaded.rules, grammar);
    report_never_wins(rules, own, findings);
    std::vector<PluginSpec> specs;
    for (const PluginSpec* plugin : own) specs.push_back(*plugin);
    report_never_produced(grammar, specs, files, findings);
    report_same_forms(grammar, rules.patterns, specs, files, findings);
  }
  return findings.take();
}

}  // namespace kutip::authoring
