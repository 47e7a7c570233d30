#pragma once

#include "loading/findings.h"
#include "loading/plugin_spec.h"
#include "loading/source_text.h"
#include "loading/yaml_tree.h"

namespace kutip::loading {

// Reads a rule file: its lexicons, macros and rules.
RuleFileSpec parse_rule_file(const YamlNode& root, const SourceText& source, Findings& findings);

}  // namespace kutip::loading
