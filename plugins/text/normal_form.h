#pragma once

#include <string>
#include <string_view>

namespace kutip::text {

// Appends the normal form of `word` to `out`: NFC, then full case folding, then NFC again; U+2018, U+2019 and U+02BC
// become an apostrophe, U+2010 and U+2011 a hyphen, and soft hyphens go. Only words with code points above ASCII that
// fold or compose reach ICU. REQUIRES: `word` is well-formed UTF-8. Thread-safe.
void append_normal_form(std::string_view word, std::string& out);

std::string normal_form(std::string_view word);

}  // namespace kutip::text
