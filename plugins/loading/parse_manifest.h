#pragma once

#include "loading/findings.h"
#include "loading/plugin_spec.h"
#include "loading/yaml_tree.h"

namespace kutip::loading {

// Reads plugin.yaml. What is missing or wrong is reported and left empty.
ManifestSpec parse_manifest(const YamlNode& root, Findings& findings);

// Checks `schema: NAME`, which every file has.
void parse_schema(class MapReader& map, std::string_view expected);

}  // namespace kutip::loading
