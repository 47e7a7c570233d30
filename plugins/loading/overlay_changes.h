#pragma once

#include <span>
#include <string>
#include <vector>

#include "loading/diagnostic.h"

namespace kutip::loading {

// A change that an overlay makes, for people who ask why a rule is not what its file says.
struct OverlayChange {
  std::string plugin;  // that it changes, or that it makes from a copy
  SourceRange where;
  std::string rule, lexicon;  // one of them is empty
  bool disables = false;
  std::vector<std::string> replaced, appended;  // keys of the rule
  std::string reason;
  std::string expires;  // YYYY-MM-DD; empty: not said
};

// Those of all overlays among the files, in the order of the files. Reads the overlays alone. REQUIRES: the files load.
std::vector<OverlayChange> overlay_changes(std::span<const SourceFile> files);

}  // namespace kutip::loading
