#pragma once

#include <span>
#include <string>

#include "loading/diagnostic.h"
#include "matching/ids.h"

namespace kutip::authoring {

// What stands in a rule file at a mark: a mapping in braces whole, anything else to the end of its line. Empty if the
// mark is nowhere.
std::string source_at(const matching::SourceMark& mark, std::span<const loading::SourceFile> files);

}  // namespace kutip::authoring
