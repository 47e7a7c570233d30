#include "service/annotate_call.h"

#include <algorithm>
#include <atomic>
#include <optional>
#include <string>

#include "service/errors.h"
#include "text/utf8.h"

namespace kutip::service {
namespace {

using google::rpc::Status;

Status unsupported(std::string_view option, std::string message) {
  return field_error("options." + std::string(option), "OPTION_UNSUPPORTED", std::move(message),
                     {{"option", std::string(option)}});
}

Status plan_unit(v1::OffsetUnit unit, AnswerOptions& answer) {
  switch (unit) {
    case v1::OFFSET_UNIT_UNSPECIFIED:
    case v1::OFFSET_UNIT_CODE_POINT:
      answer.unit = text::OffsetUnit::kCodePoint;
      return {};
    case v1::OFFSET_UNIT_UTF8:
      answer.unit = text::OffsetUnit::kUtf8;
      return {};
    case v1::OFFSET_UNIT_UTF16:
      answer.unit = text::OffsetUnit::kUtf16;
      return {};
    default:
      return unsupported("offset_unit", "There is no offset unit " + std::to_string(unit) + ".");
  }
}

Status plan_kinds(const v1::AnnotateOptions& options, AnswerOptions& answer) {
  if (options.kinds().empty()) return {};
  answer.quotes = answer.persons = answer.organizations = answer.labels = false;
  for (const int kind : options.kinds()) {
    switch (kind) {
      case v1::ANNOTATION_KIND_QUOTE:
        answer.quotes = true;
        break;
      case v1::ANNOTATION_KIND_PERSON:
        answer.persons = true;
        break;
      case v1::ANNOTATION_KIND_ORGANIZATION:
        answer.organizations = true;
        break;
      case v1::ANNOTATION_KIND_LABEL:
        answer.labels = true;
        break;
      default:
        return unsupported("kinds", "There is no annotation kind " + std::to_string(kind) + ".");
    }
  }
  return {};
}

Status plan_plugins(const v1::AnnotateOptions& options, const tagging::RuleSet& rules, CallPlan& plan) {
  const auto& known = rules.plugins();
  for (int i = 0; i < options.plugins_size(); ++i) {
    const std::string& name = options.plugins(i);
    const auto at = std::find_if(known.begin(), known.end(), [&](const auto& plugin) { return plugin.name == name; });
    if (at == known.end()) {
      return field_error("options.plugins[" + std::to_string(i) + "]", "PLUGIN_UNKNOWN",
                         "There is no plugin `" + quotable(name) + "`.", {{"plugin", quotable(name)}});
    }
    plan.plugins.push_back(static_cast<std::uint32_t>(at - known.begin()));
  }
  if (plan.plugins.empty()) return {};
  const tagging::Grammar* first = rules.grammar(known[plan.plugins.front()].language);
  const bool same = std::all_of(plan.plugins.begin(), plan.plugins.end(),
                                [&](auto plugin) { return rules.grammar(known[plugin].language) == first; });
  plan.of_plugins = same ? first : nullptr;
  return {};
}

std::string supported_languages(const tagging::RuleSet& rules) {
  std::string out;
  for (const tagging::Grammar& grammar : rules.grammars()) {
    if (!out.empty()) out += ", ";
    out += grammar.language;
  }
  return out;
}

// The text of a document, or why there is none.
Status read_source(const v1::Document& document, const Limits& limits, std::string_view& text) {
  switch (document.source_case()) {
    case v1::Document::kText:
      text = document.text();
      break;
    case v1::Document::kUtf8:
      text = document.utf8();
      break;
    case v1::Document::SOURCE_NOT_SET:
      return field_error("document", "DOCUMENT_REQUIRED", "There is no text to annotate: set `text` or `utf8`.");
  }
  if (text.size() > limits.max_text_bytes) {
    return field_error(
        "document", "TEXT_TOO_LARGE",
        "The text has " + std::to_string(text.size()) + " bytes; at most " + std::to_string(limits.max_text_bytes) +
            " are accepted.",
        {{"size_bytes", std::to_string(text.size())}, {"limit_bytes", std::to_string(limits.max_text_bytes)}});
  }
  // `text` was checked when the message was parsed.
  if (document.source_case() == v1::Document::kText) return {};
  if (const auto at = text::find_ill_formed(text)) {
    return field_error("document.utf8", "TEXT_NOT_UTF8",
                       "The text is not UTF-8: the byte at offset " + std::to_string(*at) + " is wrong.",
                       {{"byte_offset", std::to_string(*at)}});
  }
  return {};
}

bool has_plugin(const tagging::Grammar& grammar, const std::vector<std::uint32_t>& plugins) {
  return plugins.empty() || std::any_of(plugins.begin(), plugins.end(), [&](auto plugin) {
           return std::find(grammar.plugins.begin(), grammar.plugins.end(), plugin) != grammar.plugins.end();
         });
}

Status choose_grammar(const CallPlan& plan, const v1::Document& document, std::string_view text, CallMemory& memory,
                      const tagging::Grammar*& grammar) {
  const tagging::RuleSet& rules = *plan.active->rules;
  const std::string& language = document.language_code();
  if (!language.empty()) {
    grammar = rules.grammar(language);
  } else if (plan.of_plugins != nullptr) {
    grammar = plan.of_plugins;
  } else {
    grammar = tagging::detect_language(rules, text, memory.workspace);
  }
  if (grammar == nullptr) {
    const std::string supported = supported_languages(rules);
    return field_error("document.language_code", "LANGUAGE_UNSUPPORTED",
                       "There are no rules for the language `" + quotable(language) + "`, only for: " + supported + ".",
                       {{"language_code", quotable(language)}, {"supported", supported}});
  }
  if (!has_plugin(*grammar, plan.plugins)) {
    return field_error("options.plugins", "PLUGIN_OTHER_LANGUAGE",
                       "None of the plugins is for the text's language, " + grammar->language + ".",
                       {{"language_code", grammar->language}});
  }
  return {};
}

}  // namespace

Status plan_call(const ActiveRules* active, const v1::AnnotateOptions& options, const Limits& limits, CallPlan& plan) {
  plan = {};
  if (active == nullptr || active->rules->grammars().empty())
    return error(google::rpc::UNAVAILABLE, "RULES_NOT_LOADED", "The server has no rules yet.");
  plan.active = active;
  const std::string& digest = active->rules->digest();
  if (!options.ruleset_digest().empty() && options.ruleset_digest() != digest) {
    return error(google::rpc::FAILED_PRECONDITION, "RULESET_NOT_LOADED", "Another ruleset is active.",
                 {{"requested", quotable(options.ruleset_digest())}, {"active", digest}});
  }
  if (Status status = plan_unit(options.offset_unit(), plan.answer); !is_ok(status)) return status;
  if (Status status = plan_kinds(options, plan.answer); !is_ok(status)) return status;
  if (Status status = plan_plugins(options, *active->rules, plan); !is_ok(status)) return status;
  if (!(options.min_confidence() >= 0 && options.min_confidence() <= 1))
    return unsupported("min_confidence", "A confidence is a number from 0 to 1.");
  plan.answer.min_confidence = options.min_confidence();
  plan.answer.include_text = options.include_text();
  plan.max_annotations = options.max_annotations() == 0 ? limits.max_annotations
                                                        : std::min(options.max_annotations(), limits.max_annotations);
  return {};
}

Status read_document(const CallPlan& plan, const v1::Document& document, const Limits& limits, CallMemory& memory,
                     std::string_view& text, const tagging::Grammar*& grammar) {
  if (Status status = read_source(document, limits, text); !is_ok(status)) return status;
  return choose_grammar(plan, document, text, memory, grammar);
}

Status annotate_document(const CallPlan& plan, const v1::Document& document, const Limits& limits,
                         const Interruption& interruption, CallMemory& memory, v1::AnnotateResponse& response) {
  google::rpc::Code stop = interruption ? interruption() : google::rpc::OK;
  if (stop != google::rpc::OK) return interrupted(stop);
  std::string_view text;
  const tagging::Grammar* grammar = nullptr;
  if (Status status = read_document(plan, document, limits, memory, text, grammar); !is_ok(status)) return status;

  tagging::AnnotateOptions options;
  options.plugins = plan.plugins;
  options.max_annotations = plan.max_annotations;
  if (interruption) {
    options.cancelled = [&] {
      stop = interruption();
      return stop != google::rpc::OK;
    };
  }
  const tagging::RuleSet& rules = *plan.active->rules;
  if (!tagging::annotate(rules, *grammar, text, options, memory.workspace, memory.annotations))
    return interrupted(stop);

  write_answer(memory.annotations, rules, *grammar, text, plan.answer, memory.rule_table, response);
  response.set_document_id(document.document_id());
  response.set_language_detected(document.language_code().empty() && plan.of_plugins == nullptr);
  // Not the generation: it differs from server to server, and equal rules give equal bytes.
  response.mutable_ruleset()->set_digest(rules.digest());
  return {};
}

Status annotate(const ActiveRules* active, const v1::AnnotateRequest& request, const Limits& limits,
                const Interruption& interruption, CallMemory& memory, v1::AnnotateResponse& response) {
  CallPlan plan;
  if (Status status = plan_call(active, request.options(), limits, plan); !is_ok(status)) return status;
  return annotate_document(plan, request.document(), limits, interruption, memory, response);
}

Status batch_annotate(const ActiveRules* active, const v1::BatchAnnotateRequest& request, const Limits& limits,
                      const Interruption& interruption, const Spread& spread, v1::BatchAnnotateResponse& response) {
  const auto size = static_cast<std::uint32_t>(request.documents_size());
  if (size == 0 || size > limits.max_batch_documents) {
    return field_error("documents", "BATCH_SIZE",
                       "A batch has 1 to " + std::to_string(limits.max_batch_documents) + " documents, this one has " +
                           std::to_string(size) + ".",
                       {{"size", std::to_string(size)}, {"limit", std::to_string(limits.max_batch_documents)}});
  }
  CallPlan plan;
  if (Status status = plan_call(active, request.options(), limits, plan); !is_ok(status)) return status;
  write_ruleset(*active, *response.mutable_ruleset());
  for (std::uint32_t i = 0; i < size; ++i) response.add_results();
  std::atomic<int> next{0};
  std::atomic<google::rpc::Code> end{google::rpc::OK};  // of the call as a whole
  spread([&](CallMemory& memory, const std::function<bool()>& go_on) {
    while (end == google::rpc::OK && go_on()) {
      const int i = next++;
      if (i >= request.documents_size()) return;
      v1::AnnotateResult& result = *response.mutable_results(i);
      Status status =
          annotate_document(plan, request.documents(i), limits, interruption, memory, *result.mutable_response());
      if (is_ok(status)) continue;
      const auto code = static_cast<google::rpc::Code>(status.code());
      *result.mutable_error() = std::move(status);
      // Not this text but the call has come to its end.
      if (code == google::rpc::CANCELLED || code == google::rpc::DEADLINE_EXCEEDED) return end.store(code);
    }
  });
  return end == google::rpc::OK ? Status() : interrupted(end);
}

Spread on_this_thread(CallMemory& memory) {
  return [&memory](const BatchWork& work) { work(memory, [] { return true; }); };
}

void write_ruleset(const ActiveRules& active, v1::RulesetRef& out) {
  out.set_digest(active.rules->digest());
  out.set_generation(active.generation);
}

}  // namespace kutip::service
