#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "loading/load.h"

namespace kutip::cli {

// The rules folder to use: `given` if it is not empty, else $KUTIP_RULES, ./rules, or share/kutip/rules beside the
// program's bin folder; the last one that was looked for if there is none.
std::filesystem::path find_rules_folder(const std::string& given);

struct LoadedRules {
  std::shared_ptr<const tagging::RuleSet> rules;             // null: they cannot be used
  std::shared_ptr<const loading::PatternsOfRules> patterns;  // null with `rules`
  std::vector<loading::SourceFile> files;
  std::size_t errors = 0, warnings = 0;
  std::vector<loading::Diagnostic> diagnostics;
  std::string report;   // what is wrong with each file, for people
  std::string failure;  // what is wrong with the folder as a whole: missing, empty; empty: nothing
};

LoadedRules load_rules(const std::filesystem::path& folder);

// Writes what is wrong to standard error.
void complain(const LoadedRules& loaded, const std::filesystem::path& folder);

// load_rules(), with mistakes written to standard error. Null if the rules cannot be used.
std::shared_ptr<const tagging::RuleSet> load_rules_or_complain(const std::filesystem::path& folder);

}  // namespace kutip::cli
