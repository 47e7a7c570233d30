#include "authoring/test_update.h"

#include <algorithm>
#include <optional>

#include "loading/findings.h"
#include "text/utf8.h"

namespace kutip::authoring {
namespace {

struct NamedSpan {
  std::string name;
  text::Span span;
};

// Outer ones first; nullopt if two cross.
std::optional<std::vector<NamedSpan>> nested(const CapturedSpans& captured) {
  std::vector<NamedSpan> spans;
  for (const auto& [name, span] : captured)
    if (!span.empty()) spans.push_back({name, span});
  std::stable_sort(spans.begin(), spans.end(), [](const NamedSpan& a, const NamedSpan& b) {
    return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end > b.span.end;
  });
  std::vector<std::uint32_t> ends;
  for (const NamedSpan& each : spans) {
    while (!ends.empty() && ends.back() <= each.span.begin) ends.pop_back();
    if (!ends.empty() && each.span.end > ends.back()) return std::nullopt;
    ends.push_back(each.span.end);
  }
  return spans;
}

std::string with_marks(std::string_view plain, const std::vector<NamedSpan>& spans) {
  std::string out;
  std::vector<std::uint32_t> ends;
  std::size_t next = 0;
  for (std::uint32_t at = 0; at <= plain.size(); ++at) {
    for (; !ends.empty() && ends.back() == at; ends.pop_back()) out += "]]";
    for (; next < spans.size() && spans[next].span.begin == at; ++next) {
      out += "[[" + spans[next].name + "|";
      ends.push_back(spans[next].span.end);
    }
    if (at < plain.size()) out += plain[at];
  }
  return out;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

// Written in quotes or as a literal, where brackets mean nothing to YAML.
bool takes_brackets(const loading::MarkedText& text) {
  if (text.lines.empty()) return false;
  const loading::SourceRange& first = text.lines.front().where;
  return first.line != text.where.line || first.column != text.where.column;
}

}  // namespace

std::vector<Edit> remark(const loading::MarkedText& text, const CapturedSpans& captured) {
  loading::Findings findings;
  const loading::UnmarkedText plain = loading::remove_marks(text, findings);
  const auto spans = nested(captured);
  if (!spans || !takes_brackets(text)) return {};
  const std::string updated = with_marks(plain.text, *spans);
  const auto before = lines_of(text.value), after = lines_of(updated);
  if (before.size() != after.size() || text.lines.size() < before.size()) return {};
  std::vector<Edit> edits;
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (before[i] == after[i]) continue;
    loading::SourceRange where = text.lines[i].where;
    where.end_column = where.column + static_cast<std::uint32_t>(text::count_code_points(before[i]));
    edits.push_back({where, std::string(after[i])});
  }
  return edits;
}

}  // namespace kutip::authoring
