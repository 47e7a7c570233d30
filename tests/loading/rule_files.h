#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "loading/load.h"

namespace kutip::loading {

// All files below `folder`, with paths relative to it, sorted.
std::vector<SourceFile> files_below(const std::filesystem::path& folder);

std::string file_content(const std::filesystem::path& path);

// A valid plugin `p` that declares the lexicon `cue`, the label EVENT and a rule that emits SPEAKER, and lists
// p/rules.yaml with this content.
std::vector<SourceFile> plugin_with_rules(std::string_view rules);

// A complete rule file with one rule `r` of phase quotes that has this pattern and emits $match as QUOTE.
std::string rule_file_with_pattern(std::string_view pattern);

// All diagnostics as people see them.
std::string text_of(const LoadResult& result, const std::vector<SourceFile>& files);

// Codes of the diagnostics, with places: "E214 p/rules.yaml:5:9".
std::vector<std::string> codes_of(const LoadResult& result, const std::vector<SourceFile>& files);

}  // namespace kutip::loading
