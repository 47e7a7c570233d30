#include "service/describe.h"

#include <algorithm>
#include <string>
#include <vector>

#include "loading/overlay_changes.h"
#include "service/annotate_call.h"
#include "service/errors.h"
#include "service/rule_messages.h"
#include "service/version.h"

namespace kutip::service {
namespace {

void write_language(const tagging::RuleSet& rules, const tagging::Grammar& grammar, v1::Language& out) {
  out.set_language_code(grammar.language);
  for (const std::uint32_t plugin : grammar.plugins) out.add_plugins(rules.plugins()[plugin].name);
  for (std::size_t type = tagging::kFirstLabel; type < grammar.types.size(); ++type) {
    if (!grammar.types[type].internal) out.add_label_types(grammar.types[type].name);
  }
}

void write_rules(const tagging::Grammar& grammar, std::uint32_t plugin, v1::Plugin& out) {
  for (const tagging::Rule& rule : grammar.rules) {
    if (rule.plugin != plugin) continue;
    v1::Rule& added = *out.add_rules();
    added.set_rule_id(rule.id);
    added.set_phase(grammar.phases[rule.phase].name);
    added.set_priority(rule.priority);
    if (rule.confidence) added.set_confidence(*rule.confidence);
  }
}

void write_change(const loading::OverlayChange& change, const store::RuleFiles& files, v1::OverlayChange& out) {
  v1::SourceRange& location = *out.mutable_location();
  location.set_path(well_formed(files.files[change.where.file].path));
  location.set_line(change.where.line);
  location.set_column(change.where.column);
  location.set_end_column(change.where.end_column);
  out.set_rule_id(change.rule);
  out.set_lexicon(change.lexicon);
  out.set_disables(change.disables);
  for (const std::string& key : change.replaced) out.add_replaced_keys(key);
  for (const std::string& key : change.appended) out.add_appended_keys(key);
  out.set_reason(change.reason);
  out.set_expires(change.expires);
}

void write_changes(const store::RuleFiles& files, v1::ListPluginsResponse& response) {
  for (const loading::OverlayChange& change : loading::overlay_changes(files.files))
    for (v1::Plugin& plugin : *response.mutable_plugins())
      if (plugin.name() == change.plugin) write_change(change, files, *plugin.add_changes());
}

}  // namespace

void describe_server(const ActiveRules* active, const Limits& limits, v1::GetServerInfoResponse& response) {
  response.set_version(kVersion);
  for (const auto unit : {v1::OFFSET_UNIT_UTF8, v1::OFFSET_UNIT_UTF16, v1::OFFSET_UNIT_CODE_POINT})
    response.add_offset_units(unit);
  for (const auto kind : {v1::ANNOTATION_KIND_QUOTE, v1::ANNOTATION_KIND_PERSON, v1::ANNOTATION_KIND_ORGANIZATION,
                          v1::ANNOTATION_KIND_LABEL})
    response.add_kinds(kind);
  v1::Limits& out = *response.mutable_limits();
  out.set_max_text_bytes(limits.max_text_bytes);
  out.set_max_message_bytes(limits.max_message_bytes);
  out.set_max_batch_documents(limits.max_batch_documents);
  out.set_max_annotations(limits.max_annotations);
  const auto milliseconds = limits.max_call_duration.count();
  out.mutable_max_call_duration()->set_seconds(milliseconds / 1000);
  out.mutable_max_call_duration()->set_nanos(static_cast<int>(milliseconds % 1000) * 1'000'000);
  if (active == nullptr) return;
  write_ruleset(*active, *response.mutable_ruleset());
  for (const tagging::Grammar& grammar : active->rules->grammars())
    write_language(*active->rules, grammar, *response.add_languages());
}

google::rpc::Status list_plugins(const ActiveRules* active, const store::RuleFiles* files,
                                 const v1::ListPluginsRequest& request, v1::ListPluginsResponse& response) {
  if (active == nullptr) return error(google::rpc::UNAVAILABLE, "RULES_NOT_LOADED", "The server has no rules yet.");
  const tagging::RuleSet& rules = *active->rules;
  const tagging::Grammar* wanted = nullptr;
  if (!request.language_code().empty()) {
    wanted = rules.grammar(request.language_code());
    if (wanted == nullptr) {
      return field_error("language_code", "LANGUAGE_UNSUPPORTED",
                         "There are no rules for the language `" + quotable(request.language_code()) + "`.",
                         {{"language_code", quotable(request.language_code())}});
    }
  }
  write_ruleset(*active, *response.mutable_ruleset());
  std::vector<std::uint32_t> order(rules.plugins().size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(),
            [&](auto a, auto b) { return rules.plugins()[a].name < rules.plugins()[b].name; });
  for (const std::uint32_t i : order) {
    const tagging::PluginInfo& plugin = rules.plugins()[i];
    const tagging::Grammar* grammar = rules.grammar(plugin.language);
    if (wanted != nullptr && grammar != wanted) continue;
    v1::Plugin& out = *response.add_plugins();
    out.set_name(plugin.name);
    out.set_version(plugin.version);
    out.set_language_code(plugin.language);
    out.set_title(plugin.title);
    out.set_rule_count(plugin.rule_count);
    out.set_lexicon_entry_count(plugin.lexicon_entry_count);
    if (request.include_rules() && grammar != nullptr) write_rules(*grammar, i, out);
  }
  if (files != nullptr) write_changes(*files, response);
  return {};
}

void describe_ruleset(const ActiveRules* active, v1::RulesetStatus& status) {
  if (active == nullptr) {
    status.set_state(v1::RULESET_STATE_NOT_LOADED);
    return;
  }
  status.set_state(v1::RULESET_STATE_ACTIVE);
  write_ruleset(*active, *status.mutable_active());
  write_time(active->since, *status.mutable_active_since());
  v1::ReloadAttempt& attempt = *status.mutable_last_attempt();
  write_time(active->since, *attempt.mutable_time());
  attempt.set_succeeded(true);
  attempt.set_digest(active->rules->digest());
}

}  // namespace kutip::service
