#pragma once

#include <memory>
#include <string>

#include "service/cli/command.h"
#include "service/config/configuration.h"

namespace kutip::cli {

// The flags of `kutip serve`, as given.
struct ServeFlags {
  config::Settings settings;  // at their defaults
  std::vector<config::Setting> all = config::all_settings(settings);
  config::GivenValues values;
  std::string file;  // of settings; empty: none
  bool print = false;
};

// Declares a flag for each setting.
std::shared_ptr<ServeFlags> add_serve_flags(CLI::App& command);

}  // namespace kutip::cli
