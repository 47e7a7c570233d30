#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "loading/findings.h"
#include "loading/plugin_spec.h"

namespace kutip::loading {

// Checks what manifests say about themselves and each other: names, versions, languages, needed plugins.
void check_manifests(std::span<const PluginSpec> plugins, Findings& findings);

// Indices of the plugins, needed ones before those that need them, else by name. Cycles are reported, once each.
std::vector<std::uint32_t> order_plugins(std::span<const PluginSpec> plugins, Findings& findings);

// Index of the plugin of this name.
std::optional<std::uint32_t> find_plugin(std::span<const PluginSpec> plugins, std::string_view name);

// True for what has the shape of a BCP 47 tag: a primary subtag of two or three letters, then subtags of up to eight
// letters or digits.
bool is_language_tag(std::string_view tag);

// id for id-ID.
std::string_view primary_language(std::string_view tag);

}  // namespace kutip::loading
