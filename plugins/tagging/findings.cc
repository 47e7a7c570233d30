#include "tagging/findings.h"

#include <algorithm>

namespace kutip::tagging {
namespace {

// A record over a token is looked for at most this many tokens before it.
constexpr std::uint32_t kLongestName = 24;

std::uint32_t longest_at(const Findings& findings, std::uint32_t begin, std::uint32_t least_end,
                         std::uint32_t greatest_end, TypeId type) {
  std::uint32_t best = kNone, best_end = 0;
  findings.annotations.starting_at(begin, matching::type_bit(type), [&](std::uint32_t index) {
    const matching::AnnotationView& view = findings.annotations.all()[index];
    if (view.range.end < least_end || view.range.end > greatest_end || view.range.end <= best_end) return;
    best = view.id;
    best_end = view.range.end;
  });
  return best;
}

}  // namespace

text::TokenRange inside_marks(const text::Document& document, std::uint32_t quoted, std::uint32_t part) {
  const text::QuotedSpan& span = document.quoted()[quoted];
  text::TokenRange inside = document.quoted_parts()[span.first_part + part];
  inside.begin = part == 0 ? span.inner.begin : inside.begin + 1;
  if (part + 1 == span.part_count) inside.end = span.inner.end;
  inside.end = std::max(inside.begin, inside.end);
  return inside;
}

std::string_view field_text(const Findings& findings, const FieldValue* value) {
  if (value == nullptr) return {};
  if (value->constant) {
    const auto& constants = findings.grammar.constants;
    return value->value < constants.size() ? std::string_view(constants[value->value]) : std::string_view();
  }
  if (value->column < 0) return findings.document.text(value->range);
  if (value->entry == matching::kNoEntry) return {};
  return findings.grammar.lexicons.value(value->entry, value->column);
}

std::uint32_t record_of(const Findings& findings, const FieldValue& value) {
  if (value.annotation == kNone) return kNone;
  const matching::AnnotationView& view = findings.annotations.all()[value.annotation];
  return view.type == kQuoted ? kNone : view.id;
}

std::uint32_t find_inside(const Findings& findings, text::TokenRange range, TypeId type) {
  for (std::uint32_t t = range.begin; t < range.end; ++t) {
    if (!lies_in(findings, t, matching::type_bit(type))) continue;
    const std::uint32_t record = longest_at(findings, t, t + 1, range.end, type);
    if (record != kNone) return record;
  }
  return kNone;
}

std::uint32_t find_at(const Findings& findings, text::TokenRange range, TypeId type) {
  const std::uint32_t inside = find_inside(findings, range, type);
  if (inside != kNone || range.empty()) return inside;
  if (!lies_in(findings, range.begin, matching::type_bit(type))) return kNone;
  for (std::uint32_t back = 0; back <= kLongestName && back <= range.begin; ++back) {
    const std::uint32_t record = longest_at(findings, range.begin - back, range.begin + 1, 0xFFFFFFFF, type);
    if (record != kNone) return record;
  }
  return kNone;
}

}  // namespace kutip::tagging
