#pragma once

#include "loading/findings.h"
#include "loading/source_text.h"

namespace kutip::loading {

// Looks at the bytes of a text file before anything parses them: UTF-8, and no control characters but tab and line ends
// (LF or CR LF). Reports each line with a mistake once; returns false if there is one. O(bytes).
bool check_raw_bytes(const SourceText& source, Findings& findings);

}  // namespace kutip::loading
