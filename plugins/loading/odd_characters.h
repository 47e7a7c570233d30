#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kutip::loading {

// Characters that look like a space or an ASCII quote mark, or like nothing, and are taken by YAML for letters.
bool is_odd_space(char32_t point);
bool is_invisible(char32_t point);
bool is_typographic_quote(char32_t point);

// U+00A0 NO-BREAK SPACE; for characters without an entry in the table U+1234 only.
std::string code_point_name(char32_t point);

// The first such character of well-formed `text`.
std::optional<char32_t> first_odd_character(std::string_view text);
// Quote marks, invisible characters and odd spaces at the end are left out, other odd spaces become `space`.
std::string without_odd_characters(std::string_view text, char space);

}  // namespace kutip::loading
