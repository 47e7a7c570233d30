#pragma once

#include <string>
#include <string_view>

namespace kutip::authoring {

// The content of a rule file in its canonical form: LF ends every line, the last one too; no byte-order mark, no spaces
// at the ends of lines, no blank lines at the beginning and the end, at most one in a row. Texts behind `|` keep every
// character. What the file says stays the same; a file that is no YAML comes back as it is.
std::string tidy_yaml(std::string_view content);

// The same for a lexicon: beside this, no spaces around columns, no empty columns at the end, forms in NFC. Comments
// and blank lines stay, for they group entries.
std::string tidy_lexicon(std::string_view content);

}  // namespace kutip::authoring
