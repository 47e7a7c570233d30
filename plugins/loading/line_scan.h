#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "loading/source_text.h"

namespace kutip::loading {

// What a person sees on a line of YAML that the library could not read. Offsets are bytes of the file.

// A plain value from `begin` on: in [...] and {...} to the next punctuation, else to the end of the line or a comment.
std::string_view value_at(const SourceText& source, std::size_t begin, bool bracketed);

// The innermost [ or { that is opened in [begin, end) and not closed there.
std::optional<std::size_t> open_bracket(const SourceText& source, std::size_t begin, std::size_t end);
// The same from the beginning of the line on.
std::optional<std::size_t> bracket_around(const SourceText& source, std::size_t offset);

// The quote that a line (counted from 0) leaves open.
std::optional<std::size_t> open_quote(const SourceText& source, std::size_t line);

}  // namespace kutip::loading
