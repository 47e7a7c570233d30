#include "authoring/lint.h"

#include <map>
#include <set>
#include <string>

#include "authoring/entry_checks.h"
#include "authoring/explain.h"
#include "authoring/lexicon_uses.h"
#include "authoring/predict.h"
#include "loading/findings.h"
#include "loading/marked_text.h"
#include "loading/parse_plugins.h"

namespace kutip::authoring {
namespace {

using loading::PluginSpec;
using tagging::RuleId;

constexpr std::size_t kMostExplanations = 10'000;

std::vector<const PluginSpec*> plugins_of(const std::vector<PluginSpec>& plugins, const tagging::RuleSet& rules,
                                          const tagging::Grammar& grammar) {
  std::vector<const PluginSpec*> own;
  for (const PluginSpec& plugin : plugins)
    if (rules.grammar(plugin.manifest.language.value) == &grammar) own.push_back(&plugin);
  return own;
}

std::set<std::string> sentences_of(const std::vector<const PluginSpec*>& plugins) {
  std::set<std::string> sentences;
  loading::Findings ignored;
  for (const PluginSpec* plugin : plugins)
    for (const loading::RuleFileSpec& file : plugin->files)
      for (const loading::RuleSpec& rule : file.rules)
        for (const loading::TestSpec& test : rule.tests)
          sentences.insert(loading::remove_marks(test.text, ignored).text);
  return sentences;
}

struct Defeat {
  RuleId winner = 0;
  std::string sentence;
};

// Rules that the sentences show: those that win somewhere, and for those that lost a defeat.
struct Record {
  std::set<RuleId> winners;
  std::map<RuleId, Defeat> defeats;
};

Record play(const ExplainedRules& rules, const std::set<std::string>& sentences) {
  Record record;
  tagging::Workspace workspace;
  ExplainRequest request;
  request.most = kMostExplanations;
  request.misses = false;
  for (const std::string& sentence : sentences)
    for (const Explanation& e : explain(rules, sentence, request, workspace).explanations) {
      if (e.outcome == ExplanationOutcome::kMatched) record.winners.insert(e.rule);
      if (e.outcome == ExplanationOutcome::kLost && e.winner)
        record.defeats.try_emplace(e.rule, Defeat{e.winner->rule, sentence});
    }
  return record;
}

void report_never_wins(const ExplainedRules& rules, const std::set<std::string>& sentences,
                       loading::Findings& findings) {
  const Record record = play(rules, sentences);
  for (const auto& [rule, defeat] : record.defeats) {
    if (record.winners.contains(rule)) continue;
    const matching::SourceMark& mark = rules.grammar.rules[rule].mark;
    const matching::SourceMark& other = rules.grammar.rules[defeat.winner].mark;
    loading::Diagnostic& d = findings.report(
        loading::Code::kNeverWins, {mark.file, mark.line, mark.column, mark.column + 1},
        loading::quoted(rules.grammar.rules[rule].id) + " matches sentences of the tests and wins in none; " +
            loading::quoted(rule_name(rules.rules, rules.grammar, defeat.winner)) + " takes its place");
    d.related.emplace_back(loading::SourceRange{other.file, other.line, other.column, other.column + 1}, "the winner");
    d.help = "witness: " + defeat.sentence;
  }
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
    report_never_wins(rules, sentences_of(own), findings);
    std::vector<PluginSpec> specs;
    for (const PluginSpec* plugin : own) specs.push_back(*plugin);
    report_never_produced(grammar, specs, files, findings);
    report_same_forms(grammar, rules.patterns, specs, files, findings);
  }
  return findings.take();
}

}  // namespace kutip::authoring
