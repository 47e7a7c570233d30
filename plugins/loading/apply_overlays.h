#pragma once

#include <span>
#include <vector>

#include "loading/findings.h"
#include "loading/overlay_spec.h"

namespace kutip::loading {

// Changes the plugins as the overlays say, and appends those that overlays make. What one overlay makes is a copy of
// its base as the base's own files have it. Reports bases, rules and lexicons that are not there, and what two changes
// fight over: so the order of overlays never counts. O(rules + changes * log changes).
void apply_overlays(std::span<const OverlaySpec> overlays, std::vector<PluginSpec>& plugins, Findings& findings);

}  // namespace kutip::loading
