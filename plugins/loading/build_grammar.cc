#include "loading/build_grammar.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "loading/build_lexicons.h"
#include "loading/build_rule.h"
#include "loading/check_manifests.h"
#include "loading/names.h"
#include "loading/symbols.h"

namespace kutip::loading {
namespace {

// Longest first, each once.
std::vector<std::string> split_suffixes(const std::vector<const PluginSpec*>& plugins) {
  std::vector<std::string> suffixes;
  for (const PluginSpec* plugin : plugins)
    for (const Name& suffix : plugin->manifest.split_suffixes) suffixes.push_back(suffix.value);
  std::sort(suffixes.begin(), suffixes.end(), [](const std::string& a, const std::string& b) {
    return a.size() != b.size() ? a.size() > b.size() : a < b;
  });
  suffixes.erase(std::unique(suffixes.begin(), suffixes.end()), suffixes.end());
  return suffixes;
}

void check_macros(const PatternContext& context) {
  const auto& plugins = context.symbols.plugins();
  for (std::uint32_t plugin = 0; plugin < plugins.size(); ++plugin)
    for (const RuleFileSpec& file : plugins[plugin]->files)
      for (const MacroSpec& macro : file.macros) resolve_pattern(macro.pattern, {plugin, kBehindAllPhases}, context);
}

void build_rules(RuleBuildState& state, BuiltGrammar& built) {
  const auto& plugins = state.context.symbols.plugins();
  built.rule_counts.assign(plugins.size(), 0);
  for (std::uint32_t plugin = 0; plugin < plugins.size(); ++plugin) {
    std::map<std::string, SourceRange> seen;
    for (const RuleFileSpec& file : plugins[plugin]->files)
      for (const RuleSpec& spec : file.rules) {
        const auto [first, is_new] = seen.emplace(spec.id.value, spec.id.where);
        if (!is_new && spec.id.given())
          state.context.findings
              .report(Code::kDuplicateRule, spec.id.where, "two rules are called " + quoted(spec.id.value))
              .related.emplace_back(first->second, "first here");
        if (auto rule = build_rule(spec, plugin, state)) {
          built.grammar.rules.push_back(std::move(rule->rule));
          built.patterns.push_back(std::move(rule->patterns));
          ++built.rule_counts[plugin];
        }
      }
  }
}

// Calls flag(word) for every one-word form of the lexicon.
std::vector<std::uint8_t> flag_words(const tagging::Grammar& grammar, const std::vector<matching::LexiconId>& lexicons,
                                     const text::TextRules& text_rules) {
  std::vector<std::uint8_t> flags(grammar.vocabulary.size() + 1);
  for (matching::EntryId entry = 0; entry < grammar.lexicons.entry_count(); ++entry) {
    const matching::LexiconId lexicon = grammar.lexicons.lexicon_of(entry);
    if (std::find(lexicons.begin(), lexicons.end(), lexicon) == lexicons.end()) continue;
    const auto tokens = text::tokenize_normal_forms(grammar.lexicons.value(entry, kFormColumn), text_rules);
    if (tokens.size() == 1) flags[grammar.vocabulary.find(tokens[0])] = 1;
  }
  return flags;
}

std::vector<matching::LexiconId> named_by_manifests(const PatternContext& context, Name ManifestSpec::*name) {
  std::vector<matching::LexiconId> ids;
  const Symbols& symbols = context.symbols;
  for (std::uint32_t plugin = 0; plugin < symbols.plugins().size(); ++plugin) {
    const Name& lexicon = symbols.plugins()[plugin]->manifest.*name;
    if (!lexicon.given()) continue;
    if (const auto found = symbols.find_lexicon(plugin, lexicon, context.findings))
      ids.insert(ids.end(), symbols.lexicons()[*found].ids.begin(), symbols.lexicons()[*found].ids.end());
  }
  return ids;
}

void build_phases(const Symbols& symbols, tagging::Grammar& grammar) {
  for (const std::string& name : symbols.phases()) grammar.phases.push_back({name, false});
  std::vector<matching::CandidateFinder::Rule> rules;
  for (matching::RuleId id = 0; id < grammar.rules.size(); ++id) {
    const tagging::Rule& rule = grammar.rules[id];
    if (rule.phase >= grammar.phases.size()) continue;  // of files with errors, whose rules come to nothing
    rules.push_back({id, rule.phase, &rule.program, rule.unit == tagging::Unit::kSentence});
    grammar.phases[rule.phase].has_aliases |= !rule.aliases.empty();
  }
  grammar.finder = matching::CandidateFinder(rules, grammar.vocabulary.size(), grammar.lexicons.lexicon_count());
}

// Ends the adding of classes.
void index_classes(tagging::Grammar& grammar) {
  std::vector<matching::LexiconId> all(grammar.lexicons.lexicon_count());
  std::iota(all.begin(), all.end(), matching::LexiconId{0});
  if (!all.empty()) grammar.in_any_lexicon = grammar.classes.of_lexicons(std::move(all));
  grammar.classes.index(grammar.vocabulary, grammar.lexicons);
}

}  // namespace

BuiltGrammar build_grammar(std::vector<const PluginSpec*> plugins, std::span<const SourceFile> files,
                           Findings& findings) {
  BuiltGrammar built;
  tagging::Grammar& grammar = built.grammar;
  const std::size_t errors = findings.error_count();
  grammar.language = primary_language(plugins.front()->manifest.language.value);
  grammar.text_rules.split_suffixes = split_suffixes(plugins);

  const Symbols symbols(std::move(plugins), findings);
  const PatternContext context{symbols, grammar.text_rules, grammar.vocabulary, findings};
  const ColumnNumbers columns(symbols);
  RuleBuildState state{context, grammar.classes, columns, {}, {}, {}};
  check_macros(context);
  build_rules(state, built);
  const auto abbreviations = named_by_manifests(context, &ManifestSpec::abbreviations);
  const auto function_words = named_by_manifests(context, &ManifestSpec::function_words);
  grammar.lexicons = build_lexicons(symbols, columns, state.lemma_read, files, grammar.classes, grammar.text_rules,
                                    grammar.vocabulary, built.entry_counts, findings);
  grammar.types = symbols.types();
  grammar.constants = std::move(state.constants);
  grammar.text_rules.abbreviation = flag_words(grammar, abbreviations, grammar.text_rules);
  grammar.function_words = flag_words(grammar, function_words, grammar.text_rules);
  if (findings.error_count() == errors) {
    build_phases(symbols, grammar);
    index_classes(grammar);
  }
  return built;
}

}  // namespace kutip::loading
