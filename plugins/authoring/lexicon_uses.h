#pragma once

#include <span>

#include "loading/findings.h"
#include "loading/plugin_spec.h"

namespace kutip::authoring {

// Reports lexicons that no rule, macro, manifest or other lexicon names.
void report_unused_lexicons(std::span<const loading::PluginSpec> plugins, loading::Findings& findings);

}  // namespace kutip::authoring
