#include "loading/resolve_pattern.h"

#include <algorithm>
#include <utility>

#include "loading/emit_fields.h"
#include "loading/names.h"
#include "loading/resolve_condition.h"
#include "matching/program.h"

namespace kutip::loading {
namespace {

using matching::CaptureId;
using matching::LexiconId;
using matching::Step;
using matching::Steps;

constexpr std::size_t kMaxDepth = 64;  // of groups, looks and macros in each other; compiling them is recursive
constexpr std::uint32_t kQuotedForms =
    tagging::kQuotedClosed | tagging::kQuotedUnclosed | tagging::kQuotedNested | tagging::kQuotedOuter;

matching::SourceMark mark_of(const SourceRange& where) {
  return {where.file, where.line, where.column};
}

// The lexicons of which the step takes exactly one entry; nullopt if it may take anything else.
std::optional<std::vector<LexiconId>> entry_lexicons(const Step& step) {
  if (step.max != 1) return std::nullopt;
  if (const auto* lex = std::get_if<matching::LexStep>(&step.kind)) return lex->lexicons;
  const auto* any = std::get_if<matching::AnyStep>(&step.kind);
  if (any == nullptr) return std::nullopt;
  std::vector<LexiconId> lexicons;
  for (const Steps& alternative : any->alternatives) {
    const auto inner = alternative.size() == 1 ? entry_lexicons(alternative[0]) : std::nullopt;
    if (!inner) return std::nullopt;
    lexicons.insert(lexicons.end(), inner->begin(), inner->end());
  }
  return lexicons;
}

class PatternResolver {
 public:
  PatternResolver(PatternPlace place, const PatternContext& context) : place_(place), context_(context) {}

  ResolvedPattern resolve(const PatternSpec& spec) {
    const std::size_t errors = context_.findings.error_count();
    result_.sound = spec.sound;
    whole_ = spec.where;
    append(spec.steps, result_.pattern.steps);
    result_.sound &= context_.findings.error_count() == errors;
    return std::move(result_);
  }

 private:
  Findings& findings() { return context_.findings; }

  // Resolves steps in the order they stand and appends them; those of plain groups and macros without the group.
  void append(const StepSpecs& specs, Steps& out) {
    if (++depth_ > kMaxDepth)
      report_too_large("groups and macros nested more than " + std::to_string(kMaxDepth) + " deep");
    for (const StepSpec& spec : specs) {
      if (++step_count_ > matching::kMaxProgramSize)
        report_too_large("more than " + std::to_string(matching::kMaxProgramSize) +
                         " steps once macros are written out");
      if (too_large_) break;
      append(spec, out);
    }
    --depth_;
  }

  void append(const StepSpec& spec, Steps& out) {
    const bool plain = spec.min == 1 && spec.max == 1 && !spec.capture.given() && !spec.anchor;
    const auto* group = std::get_if<GroupSpec>(&spec.kind);
    if (plain && group != nullptr && group->alternatives.size() == 1) return append(group->alternatives[0], out);
    if (const auto* use = std::get_if<UseSpec>(&spec.kind); plain && use != nullptr) return append_macro(*use, out);
    Step step;
    step.mark = mark_of(spec.where);
    step.min = static_cast<std::uint32_t>(spec.min);
    step.max = static_cast<std::uint32_t>(spec.max);
    step.anchor = spec.anchor;
    std::visit([&](const auto& kind) { resolve_kind(kind, step); }, spec.kind);
    if (spec.capture.given()) step.capture = bind(spec.capture, step);
    out.push_back(std::move(step));
  }

  void append_macro(const UseSpec& use, Steps& out) {
    if (!use.macro.given()) return;
    const DeclaredMacro* macro = context_.symbols.find_macro(place_.plugin, use.macro, findings());
    if (macro == nullptr) return void(result_.sound = false);
    if (std::find(open_macros_.begin(), open_macros_.end(), macro) != open_macros_.end())
      return report_macro_cycle(use);
    result_.sound &= macro->spec->pattern.sound;
    open_macros_.push_back(macro);
    const std::uint32_t plugin = std::exchange(place_.plugin, macro->plugin);
    append(macro->spec->pattern.steps, out);
    place_.plugin = plugin;
    open_macros_.pop_back();
  }

  void resolve_kind(const TokSpec& tok, Step& step) { step.kind = matching::TokenStep{condition(tok.condition)}; }

  void resolve_kind(const LexSpec& lex, Step& step) {
    step.kind = matching::LexStep{resolve_lexicons(lex.lexicons, place_.plugin, context_)};
  }

  void resolve_kind(const AnnoSpec& anno, Step& step) {
    matching::AnnoStep resolved;
    resolved.types = resolve_types(anno.types, place_, context_);
    if (anno.min_tokens) resolved.min_tokens = static_cast<std::uint32_t>(*anno.min_tokens);
    if (anno.max_tokens) resolved.max_tokens = static_cast<std::uint32_t>(*anno.max_tokens);
    resolved.forms = forms(anno.forms, resolved.types);
    resolved.first = condition(anno.first);
    resolved.last = condition(anno.last);
    step.kind = std::move(resolved);
  }

  void resolve_kind(const UseSpec& use, Step& step) {
    matching::AnyStep group;
    append_macro(use, group.alternatives.emplace_back());
    step.kind = std::move(group);
  }

  void resolve_kind(const GroupSpec& group, Step& step) {
    matching::AnyStep resolved;
    const std::vector<bool> bound = bound_;
    std::vector<bool> bound_by_any = bound;
    for (const StepSpecs& alternative : group.alternatives) {
      bound_ = bound;
      append(alternative, resolved.alternatives.emplace_back());
      bound_by_any.resize(std::max(bound_by_any.size(), bound_.size()));
      for (std::size_t i = 0; i < bound_.size(); ++i) bound_by_any[i] = bound_by_any[i] || bound_[i];
    }
    bound_ = std::move(bound_by_any);
    step.kind = std::move(resolved);
  }

  void resolve_kind(const GapSpec& gap, Step& step) {
    step.kind = matching::GapStep{static_cast<std::uint32_t>(gap.max), condition(gap.never)};
  }

  void resolve_kind(const RestSpec& rest, Step& step) {
    matching::RestStep resolved;
    resolved.to = static_cast<matching::Border>(rest.to);
    if (rest.min_tokens) resolved.min_tokens = static_cast<std::uint32_t>(*rest.min_tokens);
    if (rest.max_tokens) resolved.max_tokens = static_cast<std::uint32_t>(*rest.max_tokens);
    resolved.never = condition(rest.never);
    step.kind = std::move(resolved);
  }

  void resolve_kind(const AtSpec& at, Step& step) {
    step.kind = matching::AtStep{static_cast<matching::Border>(at.border)};
  }

  void resolve_kind(const LookSpec& look, Step& step) {
    matching::LookStep resolved;
    resolved.ahead = look.ahead;
    resolved.wanted = look.wanted;
    ++look_depth_;
    append(look.steps, resolved.steps);
    --look_depth_;
    step.kind = std::move(resolved);
  }

  matching::Condition condition(const ConditionSpec& spec) { return resolve_condition(spec, place_, context_); }

  std::optional<matching::Condition> condition(const std::optional<ConditionSpec>& spec) {
    return spec ? std::optional(condition(*spec)) : std::nullopt;
  }

  std::uint32_t forms(const Names& names, const std::vector<matching::TypeId>& types) {
    const auto is_quoted = [](matching::TypeId type) { return type == tagging::kQuoted; };
    std::uint32_t possible = 0;
    if (std::any_of(types.begin(), types.end(), is_quoted)) possible |= kQuotedForms;
    if (!std::all_of(types.begin(), types.end(), is_quoted)) possible |= ~kQuotedForms;
    std::uint32_t bits = 0;
    std::vector<std::string> known;
    for (const FieldChoice& form : selectable_forms())
      if ((form.value & possible) != 0) known.emplace_back(form.name);
    for (const Name& name : names) {
      const std::uint32_t before = bits;
      for (const FieldChoice& form : selectable_forms())
        if (form.name == name.value) bits |= form.value & possible;
      if (bits == before && std::find(known.begin(), known.end(), name.value) == known.end())
        report_unknown(Code::kUnknownValue, name.where, "form", name.value, known, findings());
    }
    return bits;
  }

  std::optional<CaptureId> bind(const Name& name, const Step& step) {
    const bool in_macro = !open_macros_.empty();
    if (look_depth_ != 0) {
      if (in_macro) return std::nullopt;
      Diagnostic& d = findings().report(Code::kCaptureNotHere, name.where, "a capture in a look-around");
      d.help = "what is only looked at is no part of the match; remove `as`";
      return std::nullopt;
    }
    auto& names = result_.pattern.captures;
    const auto id = static_cast<std::size_t>(std::find(names.begin(), names.end(), name.value) - names.begin());
    if (id == matching::kMaxCaptures) {
      findings().report(Code::kTooManyCaptures, name.where,
                        "more than " + std::to_string(matching::kMaxCaptures) + " captures");
      return std::nullopt;
    }
    if (id == names.size()) {
      names.push_back(name.value);
      result_.captures.push_back({name.where, in_macro, true, {}});
    }
    note_bound(id, name);
    ResolvedCapture& capture = result_.captures[id];
    capture.in_macro &= in_macro;
    const auto lexicons = entry_lexicons(step);
    capture.one_entry &= lexicons.has_value();
    if (lexicons) capture.lexicons.insert(capture.lexicons.end(), lexicons->begin(), lexicons->end());
    return static_cast<CaptureId>(id);
  }

  void note_bound(std::size_t id, const Name& name) {
    if (bound_.size() <= id) bound_.resize(id + 1);
    if (bound_[id]) {
      Diagnostic& d = findings().report(Code::kCaptureTwice, name.where,
                                        "the capture " + quoted(name.value) + " is taken twice in one match");
      d.related.emplace_back(result_.captures[id].where, "first here");
      d.help = "the last one counts; give each its own name";
    }
    bound_[id] = true;
  }

  void report_too_large(const std::string& why) {
    if (!too_large_) findings().report(Code::kPatternTooLarge, whole_, "the pattern has " + why);
    too_large_ = true;
    result_.sound = false;
  }

  void report_macro_cycle(const UseSpec& use) {
    result_.sound = false;
    Diagnostic& d =
        findings().report(Code::kMacroCycle, use.macro.where, "the macro " + quoted(use.macro.value) + " uses itself");
    for (const DeclaredMacro* macro : open_macros_)
      if (macro->spec->name.value != use.macro.value)
        d.related.emplace_back(macro->spec->name.where, "by way of this one");
  }

  PatternPlace place_;
  const PatternContext& context_;
  ResolvedPattern result_;
  std::vector<const DeclaredMacro*> open_macros_;
  std::vector<bool> bound_;  // by CaptureId: taken on the way to here
  SourceRange whole_;
  std::uint32_t step_count_ = 0;
  std::size_t depth_ = 0;
  bool too_large_ = false;
  int look_depth_ = 0;
};

}  // namespace

std::optional<CaptureId> ResolvedPattern::find(std::string_view name) const {
  const auto at = std::find(pattern.captures.begin(), pattern.captures.end(), name);
  if (at == pattern.captures.end()) return std::nullopt;
  return static_cast<CaptureId>(at - pattern.captures.begin());
}

ResolvedPattern resolve_pattern(const PatternSpec& spec, PatternPlace place, const PatternContext& context) {
  return PatternResolver(place, context).resolve(spec);
}

}  // namespace kutip::loading
