#pragma once

#include <map>
#include <string>
#include <vector>

#include "service/config/setting.h"

namespace kutip::config {

// Values by key, as somebody wrote them.
using GivenValues = std::map<std::string, std::string>;

struct Configuration {
  std::map<std::string, std::string> origins;  // of the keys that are not at their default: "--listen", "KUTIP_LISTEN",
                                               // "kutip.yaml:3"
  std::string errors;                          // lines for people; empty: all is well
};

// Gives `settings` their values: from `flags`, else from the environment, else from the YAML file (empty: none), else
// they stay. Keys and values that are none are reported, with their place.
Configuration configure(std::vector<Setting>& settings, const GivenValues& flags, const std::string& file);

// All settings as a file that configure() reads, each with its origin.
std::string show(const std::vector<Setting>& settings, const Configuration& configuration);

}  // namespace kutip::config
