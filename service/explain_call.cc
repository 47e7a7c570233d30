#include "service/explain_call.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "authoring/explain.h"
#include "service/convert.h"
#include "service/errors.h"
#include "service/proto_enums.h"
#include "service/rule_messages.h"
#include "text/offsets.h"
#include "text/utf8.h"

namespace kutip::service {
namespace {

using authoring::Explanation;
using google::rpc::Status;

constexpr std::uint32_t kMostExplanations = 100;  // unless the request says another number
constexpr std::uint32_t kMaxExplanations = 10'000;
constexpr std::uint32_t kMaxTextBytes = 64 << 10;  // an article, not a book: explaining costs far more than annotating

class Writer {
 public:
  Writer(const authoring::ExplainedRules& rules, const store::RuleFiles& files, std::string_view text,
         text::OffsetUnit unit)
      : rules_(rules), files_(files), offsets_(text, unit) {}

  void write(const Explanation& explanation, v1::Explanation& out) const {
    write_rule(explanation.rule, *out.mutable_rule());
    out.set_outcome(to_proto(explanation.outcome));
    if (explanation.span) write_span(*explanation.span, *out.mutable_span());
    for (const authoring::TracedStep& step : explanation.steps) write_step(step, *out.add_steps());
    for (const authoring::TracedCapture& capture : explanation.captures) {
      v1::CaptureTrace& trace = *out.add_captures();
      trace.set_name(capture.name);
      write_span(capture.span, *trace.mutable_span());
    }
    out.set_exception_id(explanation.exception_id);
    if (!explanation.winner) return;
    write_rule(explanation.winner->rule, *out.mutable_winner()->mutable_rule());
    write_span(explanation.winner->span, *out.mutable_winner()->mutable_span());
    out.mutable_winner()->set_reason(to_proto(explanation.winner->won_by));
  }

 private:
  void write_span(text::Span span, v1::Span& out) const {
    out.set_begin(offsets_(span.begin));
    out.set_end(offsets_(span.end));
  }

  void write_rule(tagging::RuleId id, v1::RuleRef& out) const {
    const tagging::Rule& rule = rules_.grammar.rules[id];
    const tagging::PluginInfo& plugin = rules_.rules.plugins()[rule.plugin];
    out.set_plugin(plugin.name);
    out.set_version(plugin.version);
    out.set_rule_id(rule.id);
  }

  void write_step(const authoring::TracedStep& step, v1::StepTrace& out) const {
    out.set_source(step.source);
    if (step.where.line != 0) {
      out.mutable_location()->set_path(well_formed(files_.files[step.where.file].path));
      out.mutable_location()->set_line(step.where.line);
      out.mutable_location()->set_column(step.where.column);
    }
    out.set_outcome(to_proto(step.outcome));
    if (step.span) write_span(*step.span, *out.mutable_span());
    out.set_seen(step.seen);
    out.set_wanted(step.wanted);
    for (const authoring::TracedStep& inner : step.steps) write_step(inner, *out.add_steps());
  }

  const authoring::ExplainedRules& rules_;
  const store::RuleFiles& files_;
  const text::OffsetConverter offsets_;
};

// The byte at an offset in the unit; nullopt: there is no code point that begins or ends there. O(text).
std::optional<std::uint32_t> byte_at(std::uint32_t wanted, std::string_view text,
                                     const text::OffsetConverter& offsets) {
  for (std::uint32_t byte = 0;;) {
    const std::uint32_t offset = offsets(byte);
    if (offset == wanted) return byte;
    if (offset > wanted || byte == text.size()) return std::nullopt;
    byte += text::code_point_at(text, byte).size;
  }
}

Status read_within(const v1::ExplainRequest& request, std::string_view text, text::OffsetUnit unit,
                   std::optional<text::Span>& within) {
  if (!request.has_within()) return {};
  const text::OffsetConverter offsets(text, unit);
  const auto begin = byte_at(request.within().begin(), text, offsets);
  const auto end = byte_at(request.within().end(), text, offsets);
  if (!begin || !end || *begin > *end)
    return field_error("within", "OPTION_UNSUPPORTED", "That is no part of the text.", {{"option", "within"}});
  within = text::Span{*begin, *end};
  return {};
}

bool knows_rule(const tagging::RuleSet& rules, const tagging::Grammar& grammar, const v1::ExplainRequest& request) {
  return std::any_of(grammar.rules.begin(), grammar.rules.end(), [&](const tagging::Rule& rule) {
    return rule.id == request.rule_id() &&
           (request.plugin().empty() || rules.plugins()[rule.plugin].name == request.plugin());
  });
}

Status plan(const ActiveRules* active, const v1::ExplainRequest& request, const Limits& limits, CallPlan& plan) {
  v1::AnnotateOptions options;
  options.set_offset_unit(request.offset_unit());
  if (!request.plugin().empty()) options.add_plugins(request.plugin());
  return plan_call(active, options, limits, plan);
}

}  // namespace

Status explain_text(const RulesStatus& status, const v1::ExplainRequest& request, const Limits& limits,
                    const Interruption& interruption, ExplainableRulesPtr& kept, v1::ExplainResponse& response) {
  google::rpc::Code stop = interruption ? interruption() : google::rpc::OK;
  if (stop != google::rpc::OK) return interrupted(stop);
  CallPlan call;
  if (Status wrong = plan(status.active.get(), request, limits, call); !is_ok(wrong)) return wrong;
  CallMemory memory;
  std::string_view text;
  const tagging::Grammar* active_grammar = nullptr;
  Limits smaller = limits;
  smaller.max_text_bytes = std::min(limits.max_text_bytes, kMaxTextBytes);
  Status wrong = read_document(call, request.document(), smaller, memory, text, active_grammar);
  if (!is_ok(wrong)) return wrong;
  authoring::ExplainRequest wanted;
  if (wrong = read_within(request, text, call.answer.unit, wanted.within); !is_ok(wrong)) return wrong;
  wanted.plugin = request.plugin();
  wanted.rule = request.rule_id();
  wanted.most =
      std::min(request.max_explanations() == 0 ? kMostExplanations : request.max_explanations(), kMaxExplanations);
  if (interruption) wanted.cancelled = [&] { return (stop = interruption()) != google::rpc::OK; };

  kept = make_explainable(status, std::move(kept));
  const loading::LoadResult& loaded = kept->loaded;
  const auto number = static_cast<std::size_t>(active_grammar - status.active->rules->grammars().data());
  const tagging::Grammar& grammar = loaded.rules->grammars()[number];
  if (!wanted.rule.empty() && !knows_rule(*loaded.rules, grammar, request))
    return error(google::rpc::NOT_FOUND, "RULE_UNKNOWN", "There is no such rule for this language.",
                 {{"plugin", quotable(wanted.plugin)}, {"rule_id", quotable(wanted.rule)}});
  const authoring::ExplainedRules rules{*loaded.rules, grammar, loaded.patterns->at(number), kept->files->files};
  const authoring::ExplainAnswer answer = authoring::explain(rules, text, wanted, memory.workspace);
  if (answer.cancelled) return interrupted(stop);

  write_ruleset(*status.active, *response.mutable_ruleset());
  response.set_offset_unit(to_proto(call.answer.unit));
  response.set_language_code(grammar.language);
  response.set_truncated(answer.truncated);
  const Writer writer(rules, *kept->files, text, call.answer.unit);
  for (const Explanation& explanation : answer.explanations) writer.write(explanation, *response.add_explanations());
  return {};
}

}  // namespace kutip::service
