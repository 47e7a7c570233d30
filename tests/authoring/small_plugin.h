#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "loading/load.h"

namespace kutip::authoring {

// A plugin `p` of the language id: names are capitalised words that follow a cue, quotes stand in marks before it. Its
// rule file is p/rules.yaml.
std::vector<loading::SourceFile> small_plugin();

// The same with another rule file.
std::vector<loading::SourceFile> plugin_with(std::string_view rules);

// Loads files that have no mistakes; fails the test otherwise.
std::shared_ptr<const tagging::RuleSet> load_good(const std::vector<loading::SourceFile>& files);

}  // namespace kutip::authoring
