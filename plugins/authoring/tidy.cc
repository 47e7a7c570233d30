#include "authoring/tidy.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "loading/findings.h"
#include "loading/source_text.h"
#include "loading/yaml_tree.h"
#include "text/canonical_form.h"
#include "text/utf8.h"

namespace kutip::authoring {
namespace {

using loading::YamlNode;

std::string_view without_end_spaces(std::string_view line) {
  const std::size_t last = line.find_last_not_of(" \t");
  return line.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

// Flags the lines below the header of each literal text.
void flag_literals(const YamlNode& node, const loading::SourceText& source, std::vector<char>& literal) {
  if (node.kind == YamlNode::Kind::kScalar &&
      (node.style == YamlNode::Style::kLiteral || node.style == YamlNode::Style::kFolded)) {
    const std::size_t header = source.line_at(node.begin);
    const std::size_t lines = 1 + static_cast<std::size_t>(std::count(node.text.begin(), node.text.end(), '\n'));
    for (std::size_t i = 1; i <= lines && header + i < literal.size(); ++i) literal[header + i] = 1;
  }
  for (const YamlNode& item : node.items) flag_literals(item, source, literal);
}

bool same_meaning(const YamlNode& a, const YamlNode& b) {
  if (a.kind != b.kind || a.text != b.text || a.style != b.style || a.keys.size() != b.keys.size() ||
      a.items.size() != b.items.size())
    return false;
  for (std::size_t i = 0; i < a.keys.size(); ++i)
    if (a.keys[i].text != b.keys[i].text) return false;
  for (std::size_t i = 0; i < a.items.size(); ++i)
    if (!same_meaning(a.items[i], b.items[i])) return false;
  return true;
}

std::optional<YamlNode> read_good(std::string_view content) {
  loading::Findings findings;
  loading::YamlDocument document = loading::parse_yaml(loading::SourceText(0, content), findings);
  return document.complete && findings.error_count() == 0 ? std::move(document.root) : std::nullopt;
}

// Joins lines, of blank ones in a row only the first; kept[i]: the line stays as it is.
std::string join(const std::vector<std::string>& lines, const std::vector<char>& kept) {
  std::string out;
  bool blank = true;  // before the first line
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].empty() && blank && kept[i] == 0) continue;
    blank = lines[i].empty() && kept[i] == 0;
    out += lines[i] + "\n";
  }
  while (out.ends_with("\n\n")) out.pop_back();
  return out == "\n" ? "" : out;
}

std::string tidy_entry(std::string_view line) {
  std::vector<std::string> columns;
  for (std::string_view rest = line;;) {
    const std::size_t tab = rest.find('\t');
    std::string_view cell = rest.substr(0, tab);
    const std::size_t begin = std::min(cell.find_first_not_of(' '), cell.size());
    cell = without_end_spaces(cell.substr(begin));
    columns.push_back(columns.empty() ? text::to_nfc(cell) : std::string(cell));
    if (tab == std::string_view::npos) break;
    rest.remove_prefix(tab + 1);
  }
  while (columns.size() > 1 && columns.back().empty()) columns.pop_back();
  std::string out;
  for (std::size_t i = 0; i < columns.size(); ++i) out += (i == 0 ? "" : "\t") + columns[i];
  return out;
}

}  // namespace

std::string tidy_yaml(std::string_view content) {
  const auto before = read_good(content);
  if (!before) return std::string(content);
  const loading::SourceText source(0, content);
  std::vector<char> literal(source.line_count());
  flag_literals(*before, source, literal);
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < source.line_count(); ++i)
    lines.emplace_back(literal[i] != 0 ? source.line(i) : without_end_spaces(source.line(i)));
  std::string out = join(lines, literal);
  const auto after = read_good(out);
  return after && same_meaning(*before, *after) ? out : std::string(content);
}

std::string tidy_lexicon(std::string_view content) {
  if (text::find_ill_formed(content)) return std::string(content);
  const loading::SourceText source(0, content);
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < source.line_count(); ++i) {
    const std::string_view line = source.line(i);
    lines.push_back(line.starts_with('#') ? std::string(without_end_spaces(line)) : tidy_entry(line));
  }
  return join(lines, std::vector<char>(lines.size()));
}

}  // namespace kutip::authoring
