#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "loading/date.h"
#include "loading/diagnostic.h"
#include "loading/plugin_spec.h"
#include "loading/rule_patterns.h"
#include "tagging/rule_set.h"

namespace kutip::loading {

struct LoadResult {
  std::shared_ptr<const tagging::RuleSet> rules;    // null if any diagnostic is an error
  std::vector<Diagnostic> diagnostics;              // of all files, sorted
  std::shared_ptr<const PatternsOfRules> patterns;  // for tools; null with `rules`
  std::vector<PluginSpec> plugins{};                // as the files have them, for the tests beside the rules
};

// `today`: changes of overlays that expired before it are warned of; they count all the same, so that the same files
// are the same rules on any day.
//
// Compiles all plugins among `files`: every folder with a plugin.yaml is one. Pure: same files, same result; never
// throws on bad input. O(bytes of the files); files and languages are shared out among `threads` threads.
//
// `cancelled` is asked, on these threads, before each language is compiled; true, which it then stays, makes the result
// one without rules whose diagnostics say nothing.
[[nodiscard]] LoadResult load(std::span<const SourceFile> files, std::optional<Date> today = std::nullopt,
                              unsigned threads = 1, const std::function<bool()>& cancelled = {});

}  // namespace kutip::loading
