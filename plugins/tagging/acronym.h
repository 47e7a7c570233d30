#pragma once

#include <string>
#include <string_view>

namespace kutip::tagging {

// True if the letters and digits of `short_form` stand in this order in `long_form`, starting with its first one;
// normal forms are compared, everything that is no letter or digit is passed over. O(bytes).
bool is_acronym_of(std::string_view short_form, std::string_view long_form);

}  // namespace kutip::tagging
