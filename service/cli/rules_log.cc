#include "service/cli/rules_log.h"

#include <cstddef>
#include <cstdint>
#include <string>

#include "loading/diagnostic.h"

namespace kutip::cli {
namespace {

using operation::Log;
using operation::LogLevel;

constexpr std::int64_t kMaxMistakes = 5;

std::string place(const loading::SourceRange& where, const store::RuleFiles& files) {
  std::string text = where.file < files.files.size() ? files.files[where.file].path : "";
  if (where.line > 0) text += ":" + std::to_string(where.line) + ":" + std::to_string(where.column);
  return text;
}

void log_active(Log& log, const service::ActiveRules& active) {
  for (const tagging::PluginInfo& plugin : active.rules->plugins())
    log.write(LogLevel::kInfo, "plugin",
              {{"name", plugin.name},
               {"version", plugin.version},
               {"rules", std::int64_t{plugin.rule_count}},
               {"lexicon_entries", std::int64_t{plugin.lexicon_entry_count}}});
  log.write(LogLevel::kInfo, "ruleset",
            {{"digest", active.rules->digest()}, {"generation", std::int64_t{active.generation}}});
}

void log_failure(Log& log, const store::Trial& trial) {
  if (trial.files == nullptr) {
    log.write(LogLevel::kError, "rules not loaded", {{"why", trial.folder_error}});
    return;
  }
  std::int64_t mistakes = 0;
  for (const loading::Diagnostic& diagnostic : trial.diagnostics) {
    if (diagnostic.severity != loading::Severity::kError || ++mistakes > kMaxMistakes) continue;
    log.write(
        LogLevel::kError, "mistake in a rule file",
        {{"place", place(diagnostic.where, *trial.files)}, {"code", diagnostic.code}, {"message", diagnostic.message}});
  }
  for (std::size_t i = 0; i < trial.failed_tests.size() && i < static_cast<std::size_t>(kMaxMistakes); ++i) {
    const authoring::TestResult& test = trial.failed_tests[i];
    log.write(LogLevel::kError, "test beside a rule failed",
              {{"place", place(test.where, *trial.files)}, {"rule", test.rule}});
  }
  log.write(LogLevel::kError, "ruleset not activated",
            {{"digest", trial.files->digest},
             {"mistakes", mistakes},
             {"failed_tests", static_cast<std::int64_t>(trial.failed_tests.size())}});
}

const char* state_text(service::RulesState state) {
  switch (state) {
    case service::RulesState::kNotLoaded:
      return "no rules answer: not ready until they are mended";
    case service::RulesState::kActive:
      return "the rules folder's rules answer";
    case service::RulesState::kLastGood:
      return "the last good rules answer";
    case service::RulesState::kRolledBack:
      return "rolled back: earlier rules answer";
  }
  return "";
}

}  // namespace

void RulesLog::operator()(const service::RulesStatusPtr& status) const {
  if (status == nullptr) return;
  const service::RulesStatus before = *told_ == nullptr ? service::RulesStatus() : **told_;
  *told_ = status;
  if (status->last_attempt != before.last_attempt && !status->last_attempt->succeeded)
    log_failure(*log_, *status->last_attempt);
  if (status->active != before.active) log_active(*log_, *status->active);
  if (status->state != service::RulesState::kActive || status->state != before.state)
    log_->write(LogLevel::kInfo, state_text(status->state));
  if (!status->state_folder_error.empty() && status->state_folder_error != before.state_folder_error)
    log_->write(LogLevel::kError, "rules are not kept over a restart", {{"why", status->state_folder_error}});
}

}  // namespace kutip::cli
