#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "loading/diagnostic.h"

namespace kutip::authoring {

// Text to put in place of a range of one line.
struct Edit {
  loading::SourceRange where;
  std::string replacement;
};

// The content with all edits made. REQUIRES: the edits are of this file and do not overlap. O(bytes + edits * log).
std::string apply_edits(std::string_view content, std::vector<Edit> edits);

}  // namespace kutip::authoring
