#include "loading/marked_text.h"

#include <algorithm>
#include <string_view>

#include "loading/node_reader.h"

namespace kutip::loading {
namespace {

using Style = YamlNode::Style;

std::uint32_t count_columns(std::string_view text) {
  return static_cast<std::uint32_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

// Columns by which the lines of the literal are indented: that of the first line with text.
std::size_t literal_indent(const SourceText& source, std::size_t first_line) {
  for (std::size_t n = first_line; n < source.line_count(); ++n) {
    const std::size_t text = source.line(n).find_first_not_of(' ');
    if (text != std::string_view::npos) return text;
  }
  return 0;
}

std::vector<MarkedText::LineOrigin> literal_lines(const YamlNode& node, const SourceText& source) {
  std::vector<MarkedText::LineOrigin> lines;
  const std::size_t header = source.line_at(node.begin);
  const std::size_t indent = literal_indent(source, header + 1);
  std::size_t line = header + 1;
  for (std::size_t begin = 0; line < source.line_count(); ++line) {
    const std::size_t at = source.line_begin(line) + std::min(indent, source.line(line).size());
    lines.push_back({begin, source.range(at, at + 1)});
    begin = node.text.find('\n', begin);
    if (begin == std::string::npos || ++begin >= node.text.size()) break;
  }
  return lines;
}

std::vector<MarkedText::LineOrigin> find_lines(const YamlNode& node, const SourceText& source) {
  if (node.style == Style::kLiteral) return literal_lines(node, source);
  const std::size_t begin = node.begin + (node.style == Style::kQuoted ? 1 : 0);
  if (source.bytes().substr(begin, node.text.size()) != node.text) return {};
  return {{0, source.range(begin, begin + 1)}};
}

}  // namespace

SourceRange MarkedText::place(std::size_t begin, std::size_t end) const {
  if (lines.empty()) return where;
  const auto next = std::upper_bound(lines.begin(), lines.end(), begin,
                                     [](std::size_t at, const LineOrigin& line) { return at < line.begin; });
  const LineOrigin& line = *(next - 1);
  const std::size_t line_end = std::min(value.find('\n', begin), value.size());
  SourceRange range = line.where;
  range.column += count_columns(std::string_view(value).substr(line.begin, begin - line.begin));
  const std::size_t shown_end = std::clamp(end, begin, std::max(begin, line_end));
  range.end_column =
      range.column + std::max(1u, count_columns(std::string_view(value).substr(begin, shown_end - begin)));
  return range;
}

MarkedText read_marked_text(const YamlNode& node, const SourceText& source, Findings& findings) {
  MarkedText text;
  text.where = node.where;
  if (node.kind == YamlNode::Kind::kScalar && (node.style == Style::kFolded || node.style == Style::kPlainLines)) {
    Diagnostic& d = findings.report(Code::kSeveralLines, node.where, "the text of a test is folded");
    d.expected = "a literal text, which keeps its lines";
    d.help = "write `|-` and the text below, indented";
    if (node.style == Style::kFolded) d.replacement = "|-";
    return text;
  }
  text.value = read_prose(node, findings);
  if (!text.value.empty()) text.lines = find_lines(node, source);
  return text;
}

UnmarkedText remove_marks(const MarkedText& text, Findings& findings) {
  static constexpr std::size_t kMaxOpen = 16;
  UnmarkedText plain;
  std::vector<std::size_t> open;  // indices into plain.marks
  const std::string_view value = text.value;
  std::size_t last_open = 0;
  const auto fail = [&](std::size_t begin, std::size_t end, std::string message) {
    findings.report(Code::kBadMarkup, text.place(begin, end), std::move(message)).expected =
        "[[capture|words]], with both brackets doubled";
  };
  for (std::size_t i = 0; i < value.size();) {
    if (value.substr(i, 2) == "[[") {
      const std::size_t bar = value.find_first_of("|[]\n", i + 2);
      if (bar == std::string_view::npos || value[bar] != '|' || bar == i + 2 || open.size() == kMaxOpen) {
        fail(i, i + 2, "a mark without a name");
        return plain;
      }
      open.push_back(plain.marks.size());
      plain.marks.push_back(
          {std::string(value.substr(i + 2, bar - i - 2)), text.place(i + 2, bar), plain.text.size(), 0});
      last_open = i;
      i = bar + 1;
    } else if (value.substr(i, 2) == "]]" && !open.empty()) {
      plain.marks[open.back()].end = plain.text.size();
      if (plain.marks[open.back()].begin == plain.text.size()) fail(i, i + 2, "a mark around nothing");
      open.pop_back();
      i += 2;
    } else if (value.substr(i, 2) == "]]") {
      fail(i, i + 2, "`]]` without `[[`");
      return plain;
    } else {
      plain.text += value[i++];
    }
  }
  if (!open.empty()) fail(last_open, last_open + 2, "a mark that is never closed");
  return plain;
}

}  // namespace kutip::loading
