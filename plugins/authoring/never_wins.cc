#include "authoring/never_wins.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "authoring/explain.h"
#include "authoring/predict.h"
#include "authoring/takes_all.h"
#include "authoring/witness.h"
#include "loading/marked_text.h"

namespace kutip::authoring {
namespace {

using loading::PluginSpec;
using tagging::RuleId;

constexpr std::size_t kMostExplanations = 10'000;

std::set<std::string> sentences_of(std::span<const PluginSpec* const> plugins) {
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

// Rules by what has to be equal for one to take all of another's matches.
std::vector<std::vector<RuleId>> rivals(const tagging::Grammar& grammar) {
  std::map<std::tuple<std::uint32_t, std::uint32_t, std::vector<tagging::TypeId>>, std::vector<RuleId>> groups;
  for (RuleId id = 0; id < grammar.rules.size(); ++id) {
    const tagging::Rule& rule = grammar.rules[id];
    std::vector<tagging::TypeId> types;
    for (const tagging::Emit& emit : rule.emits) types.push_back(emit.type);
    groups[{rule.plugin, rule.phase, types}].push_back(id);
  }
  std::vector<std::vector<RuleId>> out;
  for (auto& [key, rules] : groups) out.push_back(std::move(rules));
  return out;
}

// By loser.
std::map<RuleId, RuleId> find_takers(const ExplainedRules& rules) {
  std::map<RuleId, RuleId> takers;
  for (const std::vector<RuleId>& group : rivals(rules.grammar))
    for (const RuleId loser : group)
      for (const RuleId winner : group)
        if (takes_all(winner, loser, rules.grammar, rules.patterns)) takers.try_emplace(loser, winner);
  return takers;
}

// A made-up sentence in which the rule loses indeed.
std::optional<std::string> witness_of(RuleId loser, const ExplainedRules& rules) {
  const auto sentence = make_witness(rules.patterns[loser].pattern, rules.grammar);
  if (!sentence) return std::nullopt;
  tagging::Workspace workspace;
  ExplainRequest request;
  request.rule = rules.grammar.rules[loser].id;
  const auto explanations = explain(rules, *sentence, request, workspace).explanations;
  const bool loses = std::any_of(explanations.begin(), explanations.end(), [loser](const Explanation& e) {
    return e.rule == loser && e.outcome == ExplanationOutcome::kLost && e.winner;
  });
  return loses ? sentence : std::nullopt;
}

void report(RuleId loser, RuleId winner, const std::string& what, const std::optional<std::string>& witness,
            const ExplainedRules& rules, loading::Findings& findings) {
  const matching::SourceMark& mark = rules.grammar.rules[loser].mark;
  const matching::SourceMark& other = rules.grammar.rules[winner].mark;
  loading::Diagnostic& d =
      findings.report(loading::Code::kNeverWins, {mark.file, mark.line, mark.column, mark.column + 1},
                      loading::quoted(rules.grammar.rules[loser].id) + what);
  d.related.emplace_back(loading::SourceRange{other.file, other.line, other.column, other.column + 1}, "the winner");
  if (witness) d.help = "witness: " + *witness;
}

}  // namespace

void report_never_wins(const ExplainedRules& rules, std::span<const PluginSpec* const> plugins,
                       loading::Findings& findings) {
  const Record record = play(rules, sentences_of(plugins));
  const std::map<RuleId, RuleId> takers = find_takers(rules);
  const auto name = [&](RuleId rule) { return loading::quoted(rule_name(rules.rules, rules.grammar, rule)); };
  for (const auto& [loser, winner] : takers) {
    const auto defeat = record.defeats.find(loser);
    const bool shown = defeat != record.defeats.end();
    report(loser, winner, " can never win: whatever it matches, " + name(winner) + " matches too, and comes first",
           shown ? std::optional(defeat->second.sentence) : witness_of(loser, rules), rules, findings);
  }
  for (const auto& [loser, defeat] : record.defeats) {
    if (record.winners.contains(loser) || takers.contains(loser)) continue;
    report(loser, defeat.winner,
           " matches sentences of the tests and wins in none; " + name(defeat.winner) + " takes its place",
           defeat.sentence, rules, findings);
  }
}

}  // namespace kutip::authoring
