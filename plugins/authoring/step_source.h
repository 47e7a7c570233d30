#pragma once

#include <span>
#include <string>

#include "loading/diagnostic.h"
#include "matching/ids.h"

namespace kutip::authoring {

// What stands in a rule file at a mark, on one line: a value in braces or brackets whole, anything else to where the
// lines are no longer indented further than the mark. Empty if the mark is nowhere.
std::string source_at(const matching::SourceMark& mark, std::span<const loading::SourceFile> files);

}  // namespace kutip::authoring
