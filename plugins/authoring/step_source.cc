#include "authoring/step_source.h"

#include <algorithm>

#include "loading/source_text.h"
#include "text/utf8.h"

namespace kutip::authoring {
namespace {

// The bracketed value at the front, on however many lines, with runs of white space as one space.
std::string bracketed(std::string_view text) {
  std::string out;
  int depth = 0;
  char quote = 0;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (space && quote == 0) {
      if (!out.empty() && out.back() != ' ') out += ' ';
      continue;
    }
    out += c;
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if ((c == '}' || c == ']') && --depth == 0) {
      break;
    }
  }
  return out;
}

// The rest of a line and those behind it that are indented further than `column`, with spaces for the line ends.
std::string indented(const loading::SourceText& source, std::uint32_t line, std::uint32_t column,
                     std::string_view first) {
  std::string out(first);
  while (++line < source.line_count()) {
    std::string_view next = source.line(line);
    const std::size_t indent = std::min(next.find_first_not_of(" \t\r"), next.size());
    if (indent == next.size()) continue;
    if (indent < column) break;
    next.remove_prefix(indent);
    out += ' ';
    out += next;
  }
  return out;
}

}  // namespace

std::string source_at(const matching::SourceMark& mark, std::span<const loading::SourceFile> files) {
  if (mark.line == 0 || mark.file >= files.size()) return {};
  const loading::SourceText source(mark.file, files[mark.file].content);
  if (mark.line > source.line_count()) return {};
  std::string_view line = source.line(mark.line - 1);
  std::size_t at = 0;
  for (std::uint32_t column = 1; column < mark.column && at < line.size(); ++column)
    at += text::code_point_at(line, at).size;
  line.remove_prefix(at);
  if (!line.starts_with('{') && !line.starts_with('[')) return indented(source, mark.line - 1, mark.column, line);
  return bracketed(source.bytes().substr(source.line_begin(mark.line - 1) + at));
}

}  // namespace kutip::authoring
