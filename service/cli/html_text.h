#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace kutip::cli {

// `text` for an element or a quoted attribute. U+0000, which HTML cannot hold, becomes U+FFFD.
std::string escape_html(std::string_view text);

// The id by which links find a quote on a page of several texts.
std::string quote_anchor(std::size_t document, int quote);

// The class that gives a speaker its colour; of kNoIndex: nobody's.
std::string speaker_class(int speaker);

}  // namespace kutip::cli
