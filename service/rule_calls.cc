#include "service/rule_calls.h"

#include <chrono>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "service/errors.h"
#include "service/rule_messages.h"
#include "store/rule_file_list.h"
#include "store/trial.h"

namespace kutip::service {
namespace {

using google::rpc::Status;

std::string active_digest(const RulesStatus& status) {
  return status.active == nullptr ? "" : status.active->rules->digest();
}

Status check_expected(const RulesStatus& status, const std::string& expected) {
  if (expected.empty() || expected == active_digest(status)) return {};
  return error(google::rpc::ABORTED, "RULESET_CHANGED", "Another ruleset is active than the one expected.",
               {{"expected", quotable(expected)}, {"active", active_digest(status)}});
}

// Whether a rules folder could hold a file of this path.
bool is_rule_path(std::string_view path) {
  if (!store::is_rule_file(path)) return false;
  while (!path.empty()) {
    const std::string_view name = path.substr(0, path.find('/'));
    if (name.empty() || store::is_passed_over(name)) return false;
    path.remove_prefix(std::min(path.size(), name.size() + 1));
  }
  return true;
}

Status path_error(std::string field, const std::string& path, const char* why) {
  return field_error(field, "RULE_PATH_INVALID", "`" + quotable(path) + "` " + why, {{"path", quotable(path)}});
}

// The files that the request means, or why it means none.
Status merge_files(const RulesStatus& status, const v1::CheckRulesRequest& request,
                   std::vector<loading::SourceFile>& files) {
  std::map<std::string, std::string, std::less<>> merged;
  if (!request.standalone() && status.active_files != nullptr)
    for (const loading::SourceFile& file : status.active_files->files) merged[file.path] = file.content;
  for (int i = 0; i < request.removed_paths_size(); ++i) {
    const std::string& path = request.removed_paths(i);
    if (merged.erase(path) == 0)
      return path_error("removed_paths[" + std::to_string(i) + "]", path, "is not a file of the active ruleset.");
  }
  std::set<std::string_view> sent;
  for (int i = 0; i < request.files_size(); ++i) {
    const v1::RuleFile& file = request.files(i);
    const std::string field = "files[" + std::to_string(i) + "].path";
    if (!is_rule_path(file.path()))
      return path_error(field, file.path(), "is not the path of a rule file, like id/quotes.yaml.");
    if (!sent.insert(file.path()).second) return path_error(field, file.path(), "was sent twice.");
    merged[file.path()] = file.content();
  }
  for (auto& [path, content] : merged) files.push_back({path, std::move(content)});
  return {};
}

Status annotate_samples(const store::Trial& trial, const v1::CheckRulesRequest& request, const Limits& limits,
                        const Interruption& interruption, v1::CheckRulesResponse& response) {
  const ActiveRules rules{trial.rules, 0, std::chrono::system_clock::now()};
  CallPlan plan;
  if (Status status = plan_call(&rules, request.options(), limits, plan); !is_ok(status)) return status;
  CallMemory memory;
  for (const v1::Document& sample : request.samples()) {
    Status status = annotate_document(plan, sample, limits, interruption, memory, *response.add_samples());
    if (!is_ok(status)) return status;
  }
  return {};
}

}  // namespace

Status check_rules(const RulesStatus& status, const v1::CheckRulesRequest& request, const Limits& limits,
                   const Interruption& interruption, v1::CheckRulesResponse& response) {
  if (static_cast<std::uint32_t>(request.samples_size()) > limits.max_batch_documents)
    return field_error(
        "samples", "BATCH_SIZE", "At most " + std::to_string(limits.max_batch_documents) + " samples are annotated.",
        {{"size", std::to_string(request.samples_size())}, {"limit", std::to_string(limits.max_batch_documents)}});
  google::rpc::Code stop = google::rpc::OK;
  const auto cancelled = [&] {
    stop = interruption ? interruption() : google::rpc::OK;
    return stop != google::rpc::OK;
  };
  if (cancelled()) return interrupted(stop);
  std::vector<loading::SourceFile> files;
  if (Status wrong = merge_files(status, request, files); !is_ok(wrong)) return wrong;
  const store::Trial trial = store::try_rules(store::make_rule_files(std::move(files)), 1, cancelled);
  if (trial.cancelled) return interrupted(stop);
  response.set_valid(trial.succeeded);
  response.set_digest(trial.files->digest);
  for (const loading::Diagnostic& diagnostic : trial.diagnostics)
    write_diagnostic(diagnostic, *trial.files, *response.add_diagnostics());
  write_tests(trial, *response.mutable_tests());
  return trial.succeeded ? annotate_samples(trial, request, limits, interruption, response) : Status();
}

Status reload_rules(RuleKeeper& keeper, const v1::ReloadRulesRequest& request, v1::ReloadRulesResponse& response) {
  const RulesStatusPtr before = keeper.status();
  if (Status status = check_expected(*before, request.expected_active_digest()); !is_ok(status)) return status;
  const auto trial = keeper.reload(request.validate_only());
  if (!trial->succeeded) return ruleset_invalid(*trial);
  const RulesStatusPtr after = keeper.status();
  if (after->active != nullptr) write_ruleset(*after->active, *response.mutable_active());
  response.set_changed(active_digest(*before) != trial->files->digest);
  write_attempt(*trial, *response.mutable_attempt());
  return {};
}

Status roll_back_rules(RuleKeeper& keeper, const v1::RollbackRulesRequest& request,
                       v1::RollbackRulesResponse& response) {
  const RulesStatusPtr before = keeper.status();
  if (Status status = check_expected(*before, request.expected_active_digest()); !is_ok(status)) return status;
  const auto trial = keeper.roll_back(request.digest());
  if (trial == nullptr)
    return error(google::rpc::NOT_FOUND, "RULESET_UNKNOWN",
                 request.digest().empty() ? "There is no earlier ruleset to go back to."
                                          : "There is no such earlier ruleset to go back to.",
                 {{"requested", quotable(request.digest())}});
  if (!trial->succeeded) return ruleset_invalid(*trial);
  write_ruleset(*keeper.status()->active, *response.mutable_active());
  if (before->active != nullptr) write_ruleset(*before->active, *response.mutable_replaced());
  return {};
}

}  // namespace kutip::service
