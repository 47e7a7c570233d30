#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "service/config/settings.h"

namespace kutip::config {

// One thing that can be set, bound to a Settings object.
struct Setting {
  std::string key;   // as in the file: max_text_bytes; the flag is --max-text-bytes, the variable KUTIP_MAX_TEXT_BYTES
  std::string kind;  // what a value is, for people: BYTES
  std::string help;
  std::function<bool(std::string_view)> set;  // false, and nothing is changed, if the value is none
  std::function<std::string()> get;           // the value, as set() takes it

  std::string flag() const;      // --max-text-bytes
  std::string variable() const;  // KUTIP_MAX_TEXT_BYTES
};

// All settings, in the order in which they are shown. `settings` must outlive them.
std::vector<Setting> all_settings(Settings& settings);

}  // namespace kutip::config
