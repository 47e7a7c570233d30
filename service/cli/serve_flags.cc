#include "service/cli/serve_flags.h"

namespace kutip::cli {

std::shared_ptr<ServeFlags> add_serve_flags(CLI::App& command) {
  auto flags = std::make_shared<ServeFlags>();
  command.add_option("--config", flags->file, "File of settings [$KUTIP_CONFIG]")
      ->type_name("FILE")
      ->envname("KUTIP_CONFIG");
  command.add_flag("--print-config", flags->print, "Show all settings and where each comes from, and end");
  for (const config::Setting& setting : flags->all) {
    const auto take = [flags = flags.get(), key = setting.key](const std::string& value) {
      flags->values[key] = value;
    };
    command.add_option_function<std::string>(setting.flag(), take, setting.help)
        ->type_name(setting.kind)
        ->default_str(setting.get())
        ->group("Settings");
  }
  command.footer(
      "A setting is taken from its flag, else from its variable (--max-streams: KUTIP_MAX_STREAMS), else from\n"
      "the file (max_streams: 64).");
  return flags;
}

}  // namespace kutip::cli
