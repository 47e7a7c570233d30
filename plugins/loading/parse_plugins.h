#pragma once

#include <span>
#include <vector>

#include "loading/findings.h"
#include "loading/plugin_spec.h"

namespace kutip::loading {

// Finds the plugins among the files (a folder with a plugin.yaml is one) and reads their manifests and rule files, and
// reports files that belong to none. Applies the overlays among the files (overlay.yaml, NAME.overlay.yaml). Answers in
// order of folder, whatever the order of `files`, which are shared out among `threads` threads.
std::vector<PluginSpec> parse_plugins(std::span<const SourceFile> files, Findings& findings, unsigned threads = 1);

}  // namespace kutip::loading
