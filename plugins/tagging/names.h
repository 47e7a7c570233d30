#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

#include "text/document.h"
#include "text/span.h"

namespace kutip::tagging {

// Key of what the tokens of `range` say: equal for equal normal forms, whatever white space stands between.
std::uint64_t name_key(const text::Document& document, text::TokenRange range);

// Key of a string as it is, in a space of its own.
std::uint64_t string_key(std::string_view string);

// The text of `range` with every run of white space as one space. A view of the document's text where it is so already,
// else of a string added to `strings`.
std::string_view name_text(const text::Document& document, text::TokenRange range, std::deque<std::string>& strings);

}  // namespace kutip::tagging
