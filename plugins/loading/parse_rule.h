#pragma once

#include "loading/findings.h"
#include "loading/map_reader.h"
#include "loading/plugin_spec.h"
#include "loading/source_text.h"
#include "loading/yaml_tree.h"

namespace kutip::loading {

// Reads one item of `rules`.
RuleSpec parse_rule(const YamlNode& node, const SourceText& source, Findings& findings);

// Reads those keys of a rule that the map has, `id` excepted; the others of `rule` stay.
void parse_rule_keys(MapReader& map, const SourceText& source, RuleSpec& rule, Findings& findings);

// Reads one item of `tests` of a rule.
TestSpec parse_test(const YamlNode& node, const SourceText& source, Findings& findings);

// Reads one item of `emit`.
EmitSpec parse_emit(const YamlNode& node, Findings& findings);

}  // namespace kutip::loading
