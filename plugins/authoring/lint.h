#pragma once

#include <span>
#include <vector>

#include "loading/diagnostic.h"
#include "loading/load.h"

namespace kutip::authoring {

// What only the rules as a whole tell, beside the loader's mistakes: lexicons that nothing uses, entries that no text
// can hold, forms that stand in two lexicons of one step, and rules that cannot win. Sorted. REQUIRES: `loaded` has
// rules, and was loaded from `files`. O(entries + sentences * rules).
std::vector<loading::Diagnostic> lint(const loading::LoadResult& loaded, std::span<const loading::SourceFile> files);

}  // namespace kutip::authoring
