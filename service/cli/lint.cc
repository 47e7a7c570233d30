#include <cstdio>
#include <memory>
#include <string>

#include "service/cli/command.h"
#include "service/cli/rules.h"

namespace kutip::cli {
namespace {

int lint(const std::string& folder_flag) {
  const auto folder = find_rules_folder(folder_flag);
  const LoadedRules loaded = load_rules(folder);
  std::fputs(loaded.report.c_str(), stdout);
  if (!loaded.failure.empty()) {
    std::fprintf(stderr, "kutip: %s\n", loaded.failure.c_str());
    return kExitFailure;
  }
  if (loaded.errors > 0 || loaded.warnings > 0)
    std::printf("%zu errors, %zu warnings\n", loaded.errors, loaded.warnings);
  if (loaded.rules == nullptr) return kExitFindings;
  for (const tagging::PluginInfo& plugin : loaded.rules->plugins())
    std::printf("%s %s (%s): %u rules, %u lexicon entries\n", plugin.name.c_str(), plugin.version.c_str(),
                plugin.language.c_str(), plugin.rule_count, plugin.lexicon_entry_count);
  return 0;
}

}  // namespace

void add_lint(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("lint", "Check the rules and print every mistake with its place");
  auto folder = std::make_shared<std::string>();
  command->add_option("folder", *folder, "Rules folder [$KUTIP_RULES, ./rules]")->type_name("DIR");
  command->callback([folder, &exit_code] { exit_code = lint(*folder); });
}

}  // namespace kutip::cli
