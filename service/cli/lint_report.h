#pragma once

#include <span>
#include <string>
#include <vector>

#include "loading/diagnostic.h"

namespace kutip::cli {

// One object with a list of diagnostics: code, severity, message, file, line and columns (1-based, code points, the
// last one exclusive), and what else each has.
std::string lint_json(std::span<const loading::Diagnostic> diagnostics, std::span<const loading::SourceFile> files);

// SARIF 2.1.0, for code hosts and editors; columns count code points.
std::string lint_sarif(std::span<const loading::Diagnostic> diagnostics, std::span<const loading::SourceFile> files);

}  // namespace kutip::cli
