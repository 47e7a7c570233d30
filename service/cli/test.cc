#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "authoring/edits.h"
#include "authoring/inline_tests.h"
#include "authoring/junit.h"
#include "service/cli/command.h"
#include "service/cli/progress.h"
#include "service/cli/rules.h"
#include "service/cli/write_file.h"

namespace kutip::cli {
namespace {

using authoring::TestOutcome;
using authoring::TestReport;

struct Flags {
  std::string filter, rules, junit;
  bool update = false;
};

TestReport run_tests(const LoadedRules& loaded, const std::string& filter) {
  std::unique_ptr<Progress> progress;
  authoring::TestSelection selection;
  selection.filter = filter;
  selection.on_test = [&](std::size_t, std::size_t total) {
    if (progress == nullptr) progress = std::make_unique<Progress>(total);
    progress->step();
  };
  return authoring::run_inline_tests(*loaded.rules, loaded.files, selection);
}

std::string place(const loading::SourceRange& where, const LoadedRules& loaded) {
  return loaded.files[where.file].path + ":" + std::to_string(where.line) + ":" + std::to_string(where.column);
}

void print_failures(const TestReport& report, const LoadedRules& loaded) {
  for (const authoring::TestResult& result : report.results) {
    const bool passes = result.outcome == TestOutcome::kUnexpectedPass;
    if (!passes && result.outcome != TestOutcome::kFailed) continue;
    std::printf("%s  %s/%s%s%s\n", place(result.where, loaded).c_str(), result.plugin.c_str(), result.rule.c_str(),
                result.name.empty() ? "" : ": ", result.name.c_str());
    std::printf("  %s\n\n", passes ? "passes; its `todo` can go" : result.message.c_str());
  }
  for (const authoring::UntestedRule& rule : report.untested)
    std::printf("%s  %s/%s has no %s test\n", place(rule.where, loaded).c_str(), rule.plugin.c_str(), rule.rule.c_str(),
                rule.no_positive && rule.no_negative ? "positive and no negative"
                : rule.no_positive                   ? "positive"
                                                     : "negative");
}

void print_summary(const TestReport& report) {
  std::printf("%zu tests: %zu passed, %zu failed, %zu to do", report.results.size(), report.count(TestOutcome::kPassed),
              report.count(TestOutcome::kFailed), report.count(TestOutcome::kExpectedFailure));
  if (const std::size_t passing = report.count(TestOutcome::kUnexpectedPass); passing > 0)
    std::printf(", %zu marked `todo` pass", passing);
  if (const std::size_t untested = report.untested.size(); untested > 0)
    std::printf("; %zu rule%s a test", untested, untested == 1 ? " lacks" : "s lack");
  std::printf("\n");
}

// Writes what the rules capture into the marks of failed tests. False if a file cannot be written.
bool update_tests(const TestReport& report, const LoadedRules& loaded, const std::filesystem::path& folder) {
  std::map<std::uint32_t, std::vector<authoring::Edit>> by_file;
  std::size_t updated = 0, left = 0;
  for (const authoring::TestResult& result : report.results) {
    if (result.outcome != TestOutcome::kFailed) continue;
    ++(result.update.empty() ? left : updated);
    auto& edits = by_file[result.where.file];
    edits.insert(edits.end(), result.update.begin(), result.update.end());
  }
  for (const auto& [file, edits] : by_file) {
    if (edits.empty()) continue;
    const loading::SourceFile& source = loaded.files[file];
    if (!write_file(folder / source.path, authoring::apply_edits(source.content, edits))) return false;
  }
  std::printf("updated the marks of %zu tests", updated);
  if (left > 0) std::printf("; %zu fail for other reasons", left);
  std::printf("\n");
  return true;
}

int test(const Flags& flags) {
  const auto folder = find_rules_folder(flags.rules);
  const LoadedRules loaded = load_rules(folder);
  complain(loaded, folder);
  if (loaded.rules == nullptr) return kExitFailure;
  const TestReport report = run_tests(loaded, flags.filter);
  if (report.results.empty() && report.untested.empty()) {
    std::fprintf(stderr, "kutip: no rule is called like %s\n", flags.filter.c_str());
    return kExitFailure;
  }
  print_failures(report, loaded);
  print_summary(report);
  if (!flags.junit.empty() && !write_file(flags.junit, authoring::junit_xml(report, loaded.files))) return kExitFailure;
  const bool failed = report.count(TestOutcome::kFailed) + report.count(TestOutcome::kUnexpectedPass) > 0;
  if (failed && flags.update) return update_tests(report, loaded, folder) ? 0 : kExitFailure;
  return failed ? kExitFindings : 0;
}

}  // namespace

void add_test(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("test", "Run the tests that stand beside the rules");
  auto flags = std::make_shared<Flags>();
  command->add_option("filter", flags->filter, "Only rules whose PLUGIN/RULE contains this")->type_name("TEXT");
  command->add_option("--rules", flags->rules, "Rules folder [$KUTIP_RULES, ./rules]")->type_name("DIR");
  command->add_option("--junit", flags->junit, "Also write a JUnit report")->type_name("FILE");
  command->add_flag("--update", flags->update, "Write what the rules capture into the marks of failed tests");
  command->callback([flags, &exit_code] { exit_code = test(*flags); });
}

}  // namespace kutip::cli
