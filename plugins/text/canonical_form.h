#pragma once

#include <string>
#include <string_view>

namespace kutip::text {

// True if `text` is in Unicode's normalization form C. ASCII never reaches ICU. REQUIRES: `text` is well-formed UTF-8.
bool is_nfc(std::string_view text);

std::string to_nfc(std::string_view text);

}  // namespace kutip::text
