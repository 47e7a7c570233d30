#pragma once

#include <algorithm>
#include <span>

#include "loading/diagnostic.h"

namespace kutip::support {

inline bool has_errors(std::span<const loading::Diagnostic> diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(),
                     [](const auto& d) { return d.severity == loading::Severity::kError; });
}

}  // namespace kutip::support
