#include "service/cli/rules.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <variant>

#include "store/rules_folder.h"

namespace kutip::cli {
namespace fs = std::filesystem;
namespace {

loading::Date today() {
  const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()));
  return {static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())),
          static_cast<int>(static_cast<unsigned>(day.day()))};
}

}  // namespace

fs::path find_rules_folder(const std::string& given) {
  if (!given.empty()) return given;
  if (const char* environment = std::getenv("KUTIP_RULES"); environment != nullptr && *environment != '\0')
    return environment;
  std::error_code error;
  if (fs::is_directory("rules", error)) return "rules";
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  const fs::path installed = program.parent_path().parent_path() / "share" / "kutip" / "rules";
  return fs::is_directory(installed, error) ? installed : fs::path("rules");
}

LoadedRules load_rules(const fs::path& folder) {
  LoadedRules out;
  auto read = store::read_rules_folder(folder);
  if (const auto* error = std::get_if<store::ReadError>(&read)) {
    out.failure = error->message;
    return out;
  }
  out.files = std::get<std::vector<loading::SourceFile>>(std::move(read));
  loading::LoadResult loaded = loading::load(out.files, today());
  for (const loading::Diagnostic& diagnostic : loaded.diagnostics) {
    ++(diagnostic.severity == loading::Severity::kError ? out.errors : out.warnings);
    out.report += loading::format_text(diagnostic, out.files);
    if (!out.report.empty() && out.report.back() != '\n') out.report += '\n';
  }
  out.diagnostics = std::move(loaded.diagnostics);
  if (out.errors == 0 && (loaded.rules == nullptr || loaded.rules->grammars().empty()))
    out.failure = folder.string() + ": no rule plugin here: no folder in it has a plugin.yaml";
  if (out.errors != 0 || !out.failure.empty()) return out;
  out.rules = std::move(loaded.rules);
  out.patterns = std::move(loaded.patterns);
  return out;
}

void complain(const LoadedRules& loaded, const fs::path& folder) {
  if (!loaded.report.empty()) std::fputs(loaded.report.c_str(), stderr);
  if (!loaded.failure.empty()) std::fprintf(stderr, "kutip: %s\n", loaded.failure.c_str());
  if (loaded.errors > 0)
    std::fprintf(stderr, "kutip: %s: %zu mistake%s in the rules\n", folder.c_str(), loaded.errors,
                 loaded.errors == 1 ? "" : "s");
}

std::shared_ptr<const tagging::RuleSet> load_rules_or_complain(const fs::path& folder) {
  LoadedRules loaded = load_rules(folder);
  complain(loaded, folder);
  return std::move(loaded.rules);
}

}  // namespace kutip::cli
