#include "authoring/lint.h"

#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>

#include "authoring/predict.h"
#include "service/cli/command.h"
#include "service/cli/lint_report.h"
#include "service/cli/rules.h"

namespace kutip::cli {
namespace {

struct Flags {
  std::string folder;
  std::string format = "text";
  bool costs = false;
};

struct Cost {
  std::string rule;
  std::uint32_t states = 0;
};

// Most states a token first.
std::vector<Cost> costs_of(const tagging::RuleSet& rules) {
  std::vector<Cost> costs;
  for (const tagging::Grammar& grammar : rules.grammars())
    for (matching::RuleId id = 0; id < grammar.rules.size(); ++id)
      costs.push_back({authoring::rule_name(rules, grammar, id), grammar.rules[id].program.size()});
  std::stable_sort(costs.begin(), costs.end(), [](const Cost& a, const Cost& b) { return a.states > b.states; });
  return costs;
}

void print_counts(std::size_t errors, std::size_t warnings) {
  std::printf("%zu error%s, %zu warning%s\n", errors, errors == 1 ? "" : "s", warnings, warnings == 1 ? "" : "s");
}

void print_summary(const LoadedRules& loaded, const std::vector<loading::Diagnostic>& diagnostics, bool all_costs) {
  const auto errors = static_cast<std::size_t>(std::count_if(
      diagnostics.begin(), diagnostics.end(), [](const auto& d) { return d.severity == loading::Severity::kError; }));
  if (!diagnostics.empty()) print_counts(errors, diagnostics.size() - errors);
  if (loaded.rules == nullptr) return;
  for (const tagging::PluginInfo& plugin : loaded.rules->plugins())
    std::printf("%s %s (%s): %u rules, %u lexicon entries\n", plugin.name.c_str(), plugin.version.c_str(),
                plugin.language.c_str(), plugin.rule_count, plugin.lexicon_entry_count);
  const std::vector<Cost> costs = costs_of(*loaded.rules);
  if (all_costs)
    for (const Cost& cost : costs) std::printf("%6u  %s\n", cost.states, cost.rule.c_str());
  if (!all_costs && !costs.empty())
    std::printf("worst cost: %u states a token (%s)\n", costs.front().states, costs.front().rule.c_str());
}

int lint(const Flags& flags) {
  const auto folder = find_rules_folder(flags.folder);
  LoadedRules loaded = load_rules(folder);
  if (!loaded.failure.empty()) {
    std::fprintf(stderr, "kutip: %s\n", loaded.failure.c_str());
    return kExitFailure;
  }
  std::vector<loading::Diagnostic> diagnostics = std::move(loaded.diagnostics);
  if (loaded.rules != nullptr) {
    const auto more = authoring::lint({loaded.rules, {}, loaded.patterns}, loaded.files);
    diagnostics.insert(diagnostics.end(), more.begin(), more.end());
  }
  if (flags.format == "json") std::fputs(lint_json(diagnostics, loaded.files).c_str(), stdout);
  if (flags.format == "sarif") std::fputs(lint_sarif(diagnostics, loaded.files).c_str(), stdout);
  if (flags.format == "text") {
    for (const loading::Diagnostic& each : diagnostics)
      std::printf("%s\n", loading::format_text(each, loaded.files).c_str());
    print_summary(loaded, diagnostics, flags.costs);
  }
  return loaded.rules == nullptr ? kExitFindings : 0;
}

}  // namespace

void add_lint(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("lint", "Check the rules and print every mistake with its place");
  auto flags = std::make_shared<Flags>();
  command->add_option("folder", flags->folder, "Rules folder [$KUTIP_RULES, ./rules]")->type_name("DIR");
  command->add_option("--format", flags->format, "Output")
      ->check(CLI::IsMember({"text", "json", "sarif"}))
      ->capture_default_str();
  command->add_flag("--costs", flags->costs, "List what each rule can cost: states a token, at most");
  command->callback([flags, &exit_code] { exit_code = lint(*flags); });
}

}  // namespace kutip::cli
