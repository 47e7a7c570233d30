#pragma once

#include "loading/findings.h"
#include "loading/plugin_spec.h"
#include "loading/yaml_tree.h"

namespace kutip::loading {

// Reads `pattern: [STEP, ...]`. Steps that are wrong are reported and left out.
PatternSpec parse_pattern(const YamlNode& node, Findings& findings);

// Reads `$capture`; reports anything else.
std::optional<Name> read_capture(const YamlNode& node, Findings& findings);

}  // namespace kutip::loading
