#pragma once

#include <span>
#include <string>

#include "authoring/inline_tests.h"
#include "loading/diagnostic.h"

namespace kutip::authoring {

// The report as JUnit XML: a suite a plugin, a case a test. Tests marked `todo` that fail are skipped ones; those that
// pass count as failures, for their mark can go.
std::string junit_xml(const TestReport& report, std::span<const loading::SourceFile> files);

}  // namespace kutip::authoring
