#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "loading/yaml_tree.h"

namespace kutip {

// What is wrong with a value by a JSON Schema; empty: nothing. Knows as much of draft 07 as the schemas in rules/schema
// use, and fails the test on anything else.
std::string schema_violation(const nlohmann::json& schema, const loading::YamlNode& value);

}  // namespace kutip
