#pragma once

#include <string>
#include <string_view>

namespace kutip::text {

// Appends the normal form of `word` (NFC, then full case folding, then NFC again; U+2019 and U+02BC become an
// apostrophe) to `out`. ASCII never reaches ICU. REQUIRES: `word` is well-formed UTF-8. Thread-safe.
void append_normal_form(std::string_view word, std::string& out);

std::string normal_form(std::string_view word);

}  // namespace kutip::text
