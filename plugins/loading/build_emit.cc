#include <algorithm>

#include "loading/build_rule.h"
#include "loading/emit_fields.h"
#include "loading/names.h"

namespace kutip::loading {
namespace {

using tagging::CaptureRef;
using tagging::Constant;
using tagging::FieldSource;

constexpr std::string_view kWholeMatch = "match";

// What may stand in a field: a capture, a constant, NO or PARAGRAPH
std::string possible_values(const EmitField& field) {
  std::string text;
  const auto add = [&](std::string_view part) { text += (text.empty() ? "" : ", ") + std::string(part); };
  if ((field.takes & kTakesCapture) != 0) add("a capture like `$name`");
  if ((field.takes & kTakesColumn) != 0) add("a column like `$name.category`");
  if ((field.takes & kTakesText) != 0) add("a text");
  for (const FieldChoice& choice : field.choices) add(quoted(choice.name));
  return text;
}

class EmitBuilder {
 public:
  EmitBuilder(const ResolvedPattern& pattern, std::set<std::string>& used, RuleBuildState& state)
      : pattern_(pattern), used_(used), state_(state), findings_(state.context.findings) {}

  tagging::Emit build(const EmitSpec& spec) {
    tagging::Emit emit;
    const std::optional<matching::TypeId> type = find_type(spec.type);
    build_span(spec, type, emit);
    if (!type) return emit;
    emit.type = *type;
    for (const FieldSpec& field : spec.fields) build_field(spec, field, emit);
    if (*type == tagging::kQuote) default_lemma(emit);
    return emit;
  }

 private:
  std::optional<matching::TypeId> find_type(const Name& name) {
    if (!name.given()) return std::nullopt;
    const auto type = state_.context.symbols.find_type(name, findings_);
    if (type != tagging::kQuoted) return type;
    findings_.report(Code::kUnknownType, name.where, "`QUOTED` is made before any rule runs; a rule cannot emit it")
        .expected = "`QUOTE`, `SPEAKER`, … or a label of the manifest";
    return std::nullopt;
  }

  void build_span(const EmitSpec& spec, std::optional<matching::TypeId> type, tagging::Emit& emit) {
    if (spec.span.size() == 1 && spec.span[0].value == kWholeMatch) return;
    for (const Name& name : spec.span)
      if (const auto capture = use_capture(name, pattern_, used_, findings_)) emit.span.push_back(*capture);
    if (spec.span.size() < 2 || !type || *type == tagging::kQuote) return;
    Diagnostic& d = findings_.report(Code::kWrongFieldValue, spec.span[1].where,
                                     "several spans for one " + quoted(spec.type.value));
    d.expected = "one span; only QUOTE can have several fragments";
  }

  void build_field(const EmitSpec& spec, const FieldSpec& field, tagging::Emit& emit) {
    const auto fields = emit_fields(emit.type);
    const auto known =
        std::find_if(fields.begin(), fields.end(), [&](const auto& f) { return f.name == field.key.value; });
    if (known == fields.end()) return report_unknown_field(spec, field);
    FieldSource& source = emit.fields[static_cast<std::size_t>(known->field)];
    if (field.constant.given()) {
      set_constant(*known, field.constant, source);
    } else {
      set_reference(*known, field, source);
    }
  }

  void report_unknown_field(const EmitSpec& spec, const FieldSpec& field) {
    std::vector<std::string> names;
    for (const EmitField& f : emit_fields(*find_type(spec.type))) names.emplace_back(f.name);
    Diagnostic& d = report_unknown(Code::kUnknownField, field.key.where, "field", field.key.value, names, findings_);
    d.message = quoted(spec.type.value) + " has no field " + quoted(field.key.value);
  }

  void set_constant(const EmitField& field, const Name& value, FieldSource& source) {
    for (const FieldChoice& choice : field.choices)
      if (choice.name == value.value) return void(source.emplace<Constant>(Constant{choice.value}));
    if ((field.takes & kTakesText) != 0) {
      const auto [at, is_new] =
          state_.constant_ids.emplace(value.value, static_cast<std::uint32_t>(state_.constants.size()));
      if (is_new) state_.constants.push_back(value.value);
      source.emplace<Constant>(Constant{at->second});
      return;
    }
    std::vector<std::string> names;
    for (const FieldChoice& choice : field.choices) names.emplace_back(choice.name);
    Diagnostic& d = report_unknown(Code::kWrongFieldValue, value.where, "value", value.value, names, findings_);
    d.message = quoted(value.value) + " cannot be the " + quoted(field.name);
    d.expected = possible_values(field);
    if ((field.takes & kTakesCapture) == 0 || !pattern_.find(value.value)) return;
    d.help = "write `$` before the name of a capture";
    d.replacement = "$" + value.value;
  }

  void set_reference(const EmitField& field, const FieldSpec& spec, FieldSource& source) {
    const bool wants_column = spec.column.given();
    if ((field.takes & (wants_column ? kTakesColumn : kTakesCapture)) == 0 || spec.capture.value == kWholeMatch) {
      Diagnostic& d =
          findings_.report(Code::kWrongFieldValue, spec.capture.where,
                           quoted("$" + spec.capture.value + (wants_column ? "." + spec.column.value : "")) +
                               " cannot be the " + quoted(field.name));
      d.expected = possible_values(field);
      return;
    }
    const auto capture = use_capture(spec.capture, pattern_, used_, findings_);
    if (!capture) return;
    const std::optional<int> column = wants_column ? find_column(*capture, spec) : -1;
    if (column) source.emplace<CaptureRef>(CaptureRef{*capture, *column});
  }

  std::optional<int> find_column(matching::CaptureId id, const FieldSpec& spec) {
    const ResolvedCapture& capture = pattern_.captures[id];
    if (!capture.one_entry) {
      Diagnostic& d = findings_.report(Code::kUnknownColumn, spec.column.where,
                                       quoted("$" + spec.capture.value) + " is no lexicon entry, so it has no columns");
      d.related.emplace_back(capture.where, "captured here");
      d.help = "capture a {lex: NAME} step that does not repeat";
      return std::nullopt;
    }
    for (const matching::LexiconId lexicon : capture.lexicons) {
      if (state_.columns.has(lexicon, spec.column.value)) continue;
      const Symbols& symbols = state_.context.symbols;
      const Name& name = symbols.lexicons()[symbols.lexicons_with_entries()[lexicon]].spec->name;
      Diagnostic& d = report_unknown(Code::kUnknownColumn, spec.column.where, "column", spec.column.value,
                                     state_.columns.columns_of(lexicon), findings_);
      d.message = "the lexicon " + quoted(name.value) + " has no column " + quoted(spec.column.value);
      if (!d.replacement.empty()) d.replacement = "$" + spec.capture.value + "." + d.replacement;
      d.related.emplace_back(name.where, "declared here");
      return std::nullopt;
    }
    if (spec.column.value == "lemma") state_.lemma_read.insert(capture.lexicons.begin(), capture.lexicons.end());
    return state_.columns.number(spec.column.value);
  }

  // A quote's lemma is that of its cue, if the cue is a lexicon entry.
  void default_lemma(tagging::Emit& emit) {
    FieldSource& lemma = emit.fields[static_cast<std::size_t>(tagging::Field::kLemma)];
    const auto* cue = std::get_if<CaptureRef>(&emit.field(tagging::Field::kCue));
    if (cue == nullptr || !std::holds_alternative<std::monostate>(lemma)) return;
    const ResolvedCapture& capture = pattern_.captures[cue->capture];
    if (!capture.one_entry) return;
    lemma = CaptureRef{cue->capture, kLemmaColumn};
    state_.lemma_read.insert(capture.lexicons.begin(), capture.lexicons.end());
  }

  const ResolvedPattern& pattern_;
  std::set<std::string>& used_;
  RuleBuildState& state_;
  Findings& findings_;
};

}  // namespace

tagging::Emit build_emit(const EmitSpec& spec, const ResolvedPattern& pattern, std::set<std::string>& used,
                         RuleBuildState& state) {
  return EmitBuilder(pattern, used, state).build(spec);
}

std::optional<matching::CaptureId> use_capture(const Name& name, const ResolvedPattern& pattern,
                                               std::set<std::string>& used, Findings& findings) {
  if (!name.given()) return std::nullopt;
  if (const auto id = pattern.find(name.value)) {
    used.insert(name.value);
    return id;
  }
  if (!pattern.sound) return std::nullopt;  // the step that takes it may be the one that could not be read
  Diagnostic& d =
      report_unknown(Code::kUnknownCapture, name.where, "capture", name.value, pattern.pattern.captures, findings);
  d.message = "no step takes the capture " + quoted("$" + name.value);
  if (!d.replacement.empty()) d.replacement = "$" + d.replacement;
  return std::nullopt;
}

}  // namespace kutip::loading
