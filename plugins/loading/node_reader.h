#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "loading/findings.h"
#include "loading/plugin_spec.h"
#include "loading/yaml_tree.h"

// Typed reading of YAML values. Every function reports what is wrong with the value and then answers nullopt (or what
// was right of a list); values the YAML layer has reported already (kBad) are passed over in silence.
namespace kutip::loading {

// Text on one line. Plain values that YAML takes for null, a boolean or a number need quotes.
std::optional<Name> read_name(const YamlNode& node, Findings& findings);
// As read_name, with more lines allowed; empty on error.
std::string read_prose(const YamlNode& node, Findings& findings);
// Plain true or false.
std::optional<bool> read_bool(const YamlNode& node, Findings& findings);
// Plain decimal digits, without leading zeros, in [least, greatest].
std::optional<int> read_int(const YamlNode& node, int least, int greatest, Findings& findings);
// A decimal number from 0 to 1.
std::optional<float> read_fraction(const YamlNode& node, Findings& findings);
// One text or a list of them, at least one.
Names read_names(const YamlNode& node, Findings& findings);
// A list of texts; may be empty.
Names read_name_list(const YamlNode& node, Findings& findings);
// Index of the text among `values`; nullopt with did-you-mean if it is none of them.
std::optional<std::size_t> read_choice(const YamlNode& node, std::span<const std::string_view> values,
                                       Findings& findings);
// True if the node is a list (a map); reports otherwise, saying what `expected` there.
bool expect_list(const YamlNode& node, std::string_view expected, Findings& findings);
bool expect_map(const YamlNode& node, std::string_view expected, Findings& findings, std::string_view example = {});

}  // namespace kutip::loading
