#pragma once

#include <span>
#include <string>
#include <vector>

#include "loading/findings.h"
#include "loading/plugin_spec.h"

namespace kutip::loading {

// The phases of all plugins in one order that agrees with each manifest: phases that only a later plugin has stand
// right behind the one they follow there. Reports manifests that contradict earlier ones, and names given twice.
std::vector<std::string> merge_phases(std::span<const PluginSpec* const> plugins, Findings& findings);

}  // namespace kutip::loading
