#include "loading/merge_phases.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <map>
#include <set>

namespace kutip::loading {

std::vector<std::string> merge_phases(std::span<const PluginSpec* const> plugins, Findings& findings) {
  std::vector<std::string> merged;
  std::map<std::string, SourceRange> places;
  for (const PluginSpec* plugin : plugins) {
    std::set<std::string> seen;
    std::size_t next = 0;  // behind the last phase of this plugin in `merged`
    for (const Name& phase : plugin->manifest.phases) {
      if (!seen.insert(phase.value).second) {
        findings.report(Code::kPhaseOrder, phase.where, "the phase " + quoted(phase.value) + " stands twice");
        continue;
      }
      const auto at = std::find(merged.begin(), merged.end(), phase.value);
      if (at == merged.end()) {
        merged.insert(merged.begin() + static_cast<std::ptrdiff_t>(next++), phase.value);
      } else if (const auto index = static_cast<std::size_t>(std::distance(merged.begin(), at)); index >= next) {
        next = index + 1;
      } else {
        Diagnostic& d =
            findings.report(Code::kPhaseOrder, phase.where,
                            "the phase " + quoted(phase.value) + " stands in another order in another plugin");
        d.related.emplace_back(places[phase.value], "there");
        d.help = "plugins of one language share their phases; give them one order";
      }
      places.emplace(phase.value, phase.where);
    }
  }
  return merged;
}

}  // namespace kutip::loading
