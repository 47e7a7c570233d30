#pragma once

#include <string_view>

#include "loading/findings.h"
#include "loading/overlay_spec.h"
#include "loading/source_text.h"
#include "loading/yaml_tree.h"

namespace kutip::loading {

// Whether a file of this path is one: overlay.yaml or NAME.overlay.yaml.
bool is_overlay(std::string_view path);

// Reads an overlay. `folder` is the file's folder, relative to the rules folder.
OverlaySpec parse_overlay(const YamlNode& root, const SourceText& source, std::string_view folder, Findings& findings);

}  // namespace kutip::loading
