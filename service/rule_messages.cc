#include "service/rule_messages.h"

#include <google/protobuf/util/time_util.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <string_view>

#include "loading/source_text.h"
#include "service/annotate_call.h"
#include "service/errors.h"
#include "text/utf8.h"

namespace kutip::service {
namespace {

// gRPC peers take 8 KiB of trailers unless told otherwise, of which base64 takes a quarter.
constexpr std::size_t kMaxDetailBytes = 4096;
constexpr std::size_t kMaxSourceLineBytes = 4096;
constexpr std::size_t kMaxTestFailures = 100;
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

void write_range(const loading::SourceRange& range, const store::RuleFiles& files, v1::SourceRange& out) {
  if (range.file < files.files.size()) out.set_path(well_formed(files.files[range.file].path));
  out.set_line(range.line);
  out.set_column(range.column);
  out.set_end_column(range.end_column);
}

std::string source_line(const loading::SourceRange& range, const store::RuleFiles& files) {
  if (range.line == 0 || range.file >= files.files.size()) return {};
  const loading::SourceText text(range.file, files.files[range.file].content);
  if (range.line > text.line_count()) return {};
  const std::string_view line = text.line(range.line - 1);
  return line.size() > kMaxSourceLineBytes ? std::string() : well_formed(line);
}

v1::RulesetState state_of(RulesState state) {
  switch (state) {
    case RulesState::kNotLoaded:
      return v1::RULESET_STATE_NOT_LOADED;
    case RulesState::kActive:
      return v1::RULESET_STATE_ACTIVE;
    case RulesState::kLastGood:
      return v1::RULESET_STATE_LAST_GOOD;
    case RulesState::kRolledBack:
      return v1::RULESET_STATE_ROLLED_BACK;
  }
  return v1::RULESET_STATE_UNSPECIFIED;
}

std::string counted(std::size_t count, std::string_view one) {
  return std::to_string(count) + " " + std::string(one) + (count == 1 ? "" : "s");
}

std::string summary(const store::Trial& trial, std::size_t errors) {
  if (trial.files == nullptr) return "The rules cannot be read: " + quotable(well_formed(trial.folder_error));
  if (errors > 0) return "The rules have " + counted(errors, "mistake") + ".";
  return counted(trial.failed_tests.size(), "test") + " beside the rules failed.";
}

}  // namespace

std::string well_formed(std::string_view bytes) {
  std::string out;
  while (const auto at = text::find_ill_formed(bytes)) {
    out += bytes.substr(0, *at);
    out += kReplacement;
    bytes.remove_prefix(*at + 1);
  }
  return out += bytes;
}

void write_time(std::chrono::system_clock::time_point time, google::protobuf::Timestamp& out) {
  out = google::protobuf::util::TimeUtil::NanosecondsToTimestamp(
      std::chrono::duration_cast<std::chrono::nanoseconds>(time.time_since_epoch()).count());
}

void write_status(const RulesStatus& status, v1::RulesetStatus& out) {
  out.set_state(state_of(status.state));
  if (status.active != nullptr) {
    write_ruleset(*status.active, *out.mutable_active());
    write_time(status.active->since, *out.mutable_active_since());
  }
  if (status.last_attempt != nullptr) write_attempt(*status.last_attempt, *out.mutable_last_attempt());
  for (const EarlierRules& set : status.earlier) {
    v1::RulesetRef& earlier = *out.add_earlier();
    earlier.set_digest(set.files->digest);
    earlier.set_generation(set.generation);
  }
  out.set_state_folder_error(well_formed(status.state_folder_error));
}

void write_attempt(const store::Trial& trial, v1::ReloadAttempt& out) {
  write_time(trial.time, *out.mutable_time());
  out.set_succeeded(trial.succeeded);
  out.set_folder_error(well_formed(trial.folder_error));
  if (trial.files == nullptr) return;
  out.set_digest(trial.files->digest);
  for (const loading::Diagnostic& diagnostic : trial.diagnostics)
    write_diagnostic(diagnostic, *trial.files, *out.add_diagnostics());
  write_tests(trial, *out.mutable_tests());
}

void write_tests(const store::Trial& trial, v1::RuleTestSummary& out) {
  out.set_run(trial.tests_run);
  out.set_failed(static_cast<std::uint32_t>(trial.failed_tests.size()));
  for (const authoring::TestResult& result : trial.failed_tests) {
    if (static_cast<std::size_t>(out.failures_size()) == kMaxTestFailures) return;
    v1::RuleTestFailure& failure = *out.add_failures();
    failure.mutable_rule()->set_plugin(well_formed(result.plugin));
    failure.mutable_rule()->set_rule_id(well_formed(result.rule));
    write_range(result.where, *trial.files, *failure.mutable_location());
    failure.set_message(well_formed(result.message));
  }
}

void write_diagnostic(const loading::Diagnostic& diagnostic, const store::RuleFiles& files, v1::Diagnostic& out) {
  out.set_severity(diagnostic.severity == loading::Severity::kError ? v1::SEVERITY_ERROR : v1::SEVERITY_WARNING);
  out.set_code(diagnostic.code);
  out.set_message(well_formed(diagnostic.message));
  write_range(diagnostic.where, files, *out.mutable_location());
  out.set_source_line(source_line(diagnostic.where, files));
  out.set_expected(well_formed(diagnostic.expected));
  out.set_help(well_formed(diagnostic.help));
  if (!diagnostic.replacement.empty()) out.set_replacement(well_formed(diagnostic.replacement));
  for (const auto& [where, note] : diagnostic.related) {
    v1::RelatedLocation& related = *out.add_related();
    write_range(where, files, *related.mutable_location());
    related.set_note(well_formed(note));
  }
}

google::rpc::Status ruleset_invalid(const store::Trial& trial) {
  v1::RulesetDiagnostics details;
  for (const loading::Diagnostic& diagnostic : trial.diagnostics) {
    if (diagnostic.severity != loading::Severity::kError) continue;
    details.set_total(details.total() + 1);
    if (details.ByteSizeLong() > kMaxDetailBytes) continue;
    write_diagnostic(diagnostic, *trial.files, *details.add_diagnostics());
    if (details.ByteSizeLong() > kMaxDetailBytes) details.mutable_diagnostics()->RemoveLast();
  }
  if (trial.files != nullptr) write_tests(trial, *details.mutable_tests());
  while (details.ByteSizeLong() > kMaxDetailBytes && !details.tests().failures().empty())
    details.mutable_tests()->mutable_failures()->RemoveLast();
  google::rpc::Status status =
      error(google::rpc::FAILED_PRECONDITION, "RULESET_INVALID", summary(trial, details.total()));
  status.add_details()->PackFrom(details);
  return status;
}

}  // namespace kutip::service
