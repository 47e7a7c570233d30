#include <cstdio>
#include <memory>
#include <string>

#include "authoring/tidy.h"
#include "service/cli/command.h"
#include "service/cli/rules.h"
#include "service/cli/write_file.h"
#include "store/rules_folder.h"

namespace kutip::cli {
namespace {

struct Flags {
  std::string folder;
  bool check = false;
};

int fmt(const Flags& flags) {
  const auto folder = find_rules_folder(flags.folder);
  const auto read = store::read_rules_folder(folder);
  if (const auto* error = std::get_if<store::ReadError>(&read)) {
    std::fprintf(stderr, "kutip: %s\n", error->message.c_str());
    return kExitFailure;
  }
  std::size_t changed = 0;
  for (const loading::SourceFile& file : std::get<std::vector<loading::SourceFile>>(read)) {
    const bool yaml = file.path.ends_with(".yaml") || file.path.ends_with(".yml");
    const std::string tidy = yaml ? authoring::tidy_yaml(file.content) : authoring::tidy_lexicon(file.content);
    if (tidy == file.content) continue;
    ++changed;
    std::printf("%s\n", file.path.c_str());
    if (!flags.check && !write_file(folder / file.path, tidy)) return kExitFailure;
  }
  return flags.check && changed > 0 ? kExitFindings : 0;
}

}  // namespace

void add_fmt(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("fmt", "Tidy rule files and lexicons: line ends, spaces, blank lines");
  auto flags = std::make_shared<Flags>();
  command->add_option("folder", flags->folder, "Rules folder [$KUTIP_RULES, ./rules]")->type_name("DIR");
  command->add_flag("--check", flags->check, "Change nothing; list what would change, and fail if there is any");
  command->callback([flags, &exit_code] { exit_code = fmt(*flags); });
}

}  // namespace kutip::cli
