#pragma once

#include "loading/findings.h"
#include "loading/plugin_spec.h"
#include "loading/yaml_tree.h"

namespace kutip::loading {

// Reads a CONDITION of rules/LANGUAGE.md.
ConditionSpec parse_condition(const YamlNode& node, Findings& findings);

}  // namespace kutip::loading
