#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>

#include "loading/check_manifests.h"
#include "loading/findings.h"
#include "loading/names.h"
#include "service/cli/command.h"
#include "service/cli/rules.h"
#include "service/cli/scaffold.h"
#include "service/cli/write_file.h"

namespace kutip::cli {
namespace {

namespace fs = std::filesystem;

struct Flags {
  std::string name, language, rules;
};

std::string filled(std::string text, const Flags& flags) {
  const auto replace = [&](const std::string& what, const std::string& with) {
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
      text.replace(at, what.size(), with);
  };
  replace("%NAME%", flags.name);
  replace("%LANGUAGE%", flags.language);
  return text;
}

bool is_plugin_name(const std::string& name) {
  loading::Findings findings;
  return check_name_style({name, {}}, loading::NameStyle::kRuleId, "plugin", findings);
}

int create(const Flags& flags) {
  if (!is_plugin_name(flags.name)) {
    std::fprintf(stderr, "kutip: a plugin's name has a-z, 0-9, _, - and full stops, and starts with a letter\n");
    return kExitFailure;
  }
  if (!loading::is_language_tag(flags.language)) {
    std::fprintf(stderr, "kutip: %s is not a language tag, like id or en-GB\n", flags.language.c_str());
    return kExitFailure;
  }
  const fs::path folder = find_rules_folder(flags.rules) / flags.name;
  std::error_code error;
  if (fs::exists(folder, error)) {
    std::fprintf(stderr, "kutip: %s exists already\n", folder.c_str());
    return kExitFailure;
  }
  fs::create_directories(folder / "lexicons", error);
  if (error) {
    std::fprintf(stderr, "kutip: %s: %s\n", folder.c_str(), error.message().c_str());
    return kExitFailure;
  }
  if (!write_file(folder / "plugin.yaml", filled(kScaffoldPlugin, flags)) ||
      !write_file(folder / "rules.yaml", filled(kScaffoldRules, flags)) ||
      !write_file(folder / "lexicons" / "cue.tsv", kScaffoldCue))
    return kExitFailure;
  std::printf("%s: a plugin with two rules and a test that fails. Next: kutip test %s/%s\n", folder.c_str(),
              flags.name.c_str(), flags.rules.empty() ? "" : (" --rules " + flags.rules).c_str());
  return 0;
}

}  // namespace

void add_new(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("new", "Make a plugin to start from, with a test that fails");
  auto flags = std::make_shared<Flags>();
  command->add_option("plugin", flags->name, "Its name, which is that of its folder")->required();
  command->add_option("--language", flags->language, "Its language, like id")->type_name("TAG")->required();
  command->add_option("--rules", flags->rules, "Rules folder [$KUTIP_RULES, ./rules]")->type_name("DIR");
  command->callback([flags, &exit_code] { exit_code = create(*flags); });
}

}  // namespace kutip::cli
