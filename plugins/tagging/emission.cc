#include "tagging/emission.h"

#include <algorithm>

namespace kutip::tagging {
namespace {

using matching::AnnotationIndex;
using matching::Capture;

// Adds what a capture took; of a quoted span over several paragraphs all its parts.
void add_parts(const Capture& capture, const text::Document& document, const AnnotationIndex& annotations,
               std::vector<Part>& out) {
  const matching::AnnotationView* view =
      capture.annotation < 0 ? nullptr : &annotations.all()[static_cast<std::size_t>(capture.annotation)];
  if (view == nullptr || view->type != kQuoted) {
    out.push_back({capture.range, kNone, 0});
    return;
  }
  const text::QuotedSpan& quoted = document.quoted()[view->id];
  for (std::uint32_t i = 0; i < quoted.part_count; ++i)
    out.push_back({document.quoted_parts()[quoted.first_part + i], view->id, i});
}

// The parts of what `emit` spans, in text order; none if no capture took part.
void collect_parts(const Emit& emit, const RuleMatch& match, std::span<const Capture> captures,
                   const text::Document& document, const AnnotationIndex& annotations, std::vector<Part>& out) {
  out.clear();
  if (emit.span.empty()) out.push_back({match.range, kNone, 0});
  for (const CaptureId id : emit.span)
    if (captures[id].taken && !captures[id].range.empty()) add_parts(captures[id], document, annotations, out);
  std::sort(out.begin(), out.end(), [](const Part& a, const Part& b) { return a.range.begin < b.range.begin; });
}

void collect_fields(const Emit& emit, std::span<const Capture> captures, std::vector<FieldValue>& out) {
  out.clear();
  for (std::size_t f = 0; f < kFieldCount; ++f) {
    if (std::holds_alternative<std::monostate>(emit.fields[f])) continue;
    FieldValue value;
    value.field = static_cast<Field>(f);
    if (const auto* constant = std::get_if<Constant>(&emit.fields[f])) {
      value.constant = true;
      value.value = constant->value;
    } else {
      const auto& reference = std::get<CaptureRef>(emit.fields[f]);
      const Capture& capture = captures[reference.capture];
      if (!capture.taken || capture.range.empty()) continue;
      value.range = capture.range;
      value.annotation = capture.annotation < 0 ? kNone : static_cast<std::uint32_t>(capture.annotation);
      value.entry = capture.entry;
      value.column = reference.column;
    }
    out.push_back(value);
  }
}

// The innermost quoted span between whose marks the token stands, or nullptr. O(log(quoted spans) + their depth).
const text::QuotedSpan* marks_around(const text::Document& document, std::uint32_t token) {
  const auto quoted = document.quoted();
  const auto behind = std::upper_bound(quoted.begin(), quoted.end(), token,
                                       [](std::uint32_t t, const text::QuotedSpan& q) { return t < q.range.begin; });
  std::int64_t at = (behind - quoted.begin()) - 1;
  while (at >= 0 && !quoted[static_cast<std::size_t>(at)].inner.contains({token, token + 1}))
    at = quoted[static_cast<std::size_t>(at)].parent;
  return at < 0 ? nullptr : &quoted[static_cast<std::size_t>(at)];
}

void clip_to_marks_around_cue(const text::Document& document, const AnnotationIndex& annotations,
                              std::span<const FieldValue> fields, std::vector<Part>& parts) {
  const auto cue = std::find_if(fields.begin(), fields.end(), [](const FieldValue& value) {
    return value.field == Field::kCue && !value.constant && value.column < 0;
  });
  if (cue == fields.end()) return;
  const std::uint32_t token = cue->range.begin;
  if ((annotations.types_over(token) & matching::type_bit(kQuoted)) == 0) return;
  const text::QuotedSpan* marks = marks_around(document, token);
  if (marks == nullptr) return;
  for (Part& part : parts) {
    part.range.begin = std::max(part.range.begin, marks->inner.begin);
    part.range.end = std::max(part.range.begin, std::min(part.range.end, marks->inner.end));
  }
  std::erase_if(parts, [](const Part& part) { return part.range.empty(); });
}

std::uint32_t forms_of(std::span<const FieldValue> fields) {
  for (const FieldValue& value : fields)
    if (value.field == Field::kForm && value.constant) return value.value;
  return kFormName;
}

}  // namespace

void Emission::reset(std::uint32_t tokens, std::size_t types, std::uint32_t max_records) {
  taken_.reset(tokens, types);
  max_records_ = max_records;
  limit_reached_ = false;
}

void Emission::accept(const Grammar& grammar, const text::Document& document, const PhaseMatches& phase,
                      AnnotationIndex& annotations, Records& records) {
  alias_requests_.clear();
  accepted_.clear();
  first_record_ = records.size();
  const RuleMatch* previous = nullptr;
  for (const RuleMatch& match : phase.matches()) {
    // Two anchors of one rule may lead to the same match.
    const bool repeated = previous != nullptr && previous->rule == match.rule && previous->range == match.range;
    previous = &match;
    if (repeated) continue;
    if (limit_reached_) break;
    const Rule& rule = grammar.rules[match.rule];
    const auto captures = phase.captures(rule, match);
    const std::uint32_t first_record = records.size();
    for (const Emit& one : rule.emits)
      if (!emit(one, rule, match, captures, document, annotations, records) && records.size() == first_record) break;
    if (records.size() == first_record) continue;
    accepted_.push_back(static_cast<std::uint32_t>(&match - phase.matches().data()));
    for (const Alias& alias : rule.aliases) {
      if (!captures[alias.of].taken || (alias.form && !captures[*alias.form].taken)) continue;
      const text::TokenRange of = captures[alias.of].range;
      std::uint32_t record = first_record;
      while (record + 1 < records.size() && !records[record].range.overlaps(of)) ++record;
      if (!records[record].range.overlaps(of)) record = first_record;
      alias_requests_.push_back({&alias, record, of, alias.form ? captures[*alias.form].range : text::TokenRange{}});
    }
  }
}

// Returns false if a conflict forbids it; what has no span counts as done.
bool Emission::emit(const Emit& emit, const Rule& rule, const RuleMatch& match, std::span<const Capture> captures,
                    const text::Document& document, AnnotationIndex& annotations, Records& records) {
  collect_parts(emit, match, captures, document, annotations, parts_);
  if (parts_.empty()) return true;
  collect_fields(emit, captures, fields_);
  if (emit.type == kQuote) clip_to_marks_around_cue(document, annotations, fields_, parts_);
  if (parts_.empty()) return true;
  Record record;
  record.type = emit.type;
  record.rule = match.rule;
  record.forms = forms_of(fields_);
  record.range = parts_.front().range;
  if (taken_.admits(emit.type, parts_, rule.overlap, records)) return add(record, rule.overlap, annotations, records);
  if (!names_again(emit.type, records) || records.size() >= max_records_) return false;
  records.add(record, parts_, fields_);
  return true;
}

bool Emission::names_again(TypeId type, const Records& records) const {
  if (type != kOrganization || parts_.size() != 1) return false;
  const auto known = taken_.record_over(type, parts_.front().range, records);
  return known && *known < first_record_;
}

bool Emission::accept_alias(const Record& model, text::TokenRange range, std::uint32_t forms, bool misspelt,
                            AnnotationIndex& annotations, Records& records) {
  parts_.assign(1, Part{range, kNone, 0});
  fields_.clear();
  if (!taken_.admits(model.type, parts_, Overlap::kLongest, records)) return false;
  Record record;
  record.type = model.type;
  record.rule = model.rule;
  record.forms = forms;
  record.misspelt = misspelt;
  return add(record, Overlap::kLongest, annotations, records);
}

bool Emission::add(Record record, Overlap overlap, AnnotationIndex& annotations, Records& records) {
  if (records.size() >= max_records_) {
    limit_reached_ = true;
    return false;
  }
  record.range = parts_.front().range;
  for (const Part& part : parts_) record.range.end = std::max(record.range.end, part.range.end);
  const std::uint32_t index = records.add(record, parts_, fields_);
  taken_.take(record.type, parts_, overlap, index);
  annotations.add({record.range, record.range, record.type, record.forms, index});
  return true;
}

}  // namespace kutip::tagging
