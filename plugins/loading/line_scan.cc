#include "loading/line_scan.h"

#include <algorithm>
#include <vector>

namespace kutip::loading {

std::string_view value_at(const SourceText& source, std::size_t begin, bool bracketed) {
  const std::string_view rest = source.bytes().substr(begin);
  std::size_t end = std::min(rest.find_first_of(bracketed ? ",]}\r\n" : "\r\n"), rest.size());
  end = std::min(end, rest.find(" #"));
  while (end > 0 && (rest[end - 1] == ' ' || rest[end - 1] == '\t')) --end;
  return rest.substr(0, end);
}

std::optional<std::size_t> open_bracket(const SourceText& source, std::size_t begin, std::size_t end) {
  std::vector<std::size_t> open;
  char quote = '\0', before = ' ';
  for (std::size_t i = begin; i < end; ++i) {
    const char c = source.bytes()[i];
    if (c == '\n') {
      quote = '\0';
    } else if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if ((c == '"' || c == '\'') && std::string_view(" \t[{,\n").find(before) != std::string_view::npos) {
      quote = c;
    } else if (c == '#' && (before == ' ' || before == '\n')) {
      i = std::min(source.bytes().find('\n', i), end);
    } else if (c == '[' || c == '{') {
      open.push_back(i);
    } else if ((c == ']' || c == '}') && !open.empty()) {
      open.pop_back();
    }
    before = c;
  }
  return open.empty() ? std::nullopt : std::optional(open.back());
}

std::optional<std::size_t> bracket_around(const SourceText& source, std::size_t offset) {
  return open_bracket(source, source.line_begin(source.line_at(offset)), offset);
}

std::optional<std::size_t> open_quote(const SourceText& source, std::size_t line) {
  const std::string_view text = source.line(line);
  std::size_t open = std::string_view::npos;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char before = i == 0 ? ' ' : text[i - 1];
    if (open != std::string_view::npos) {
      if (text[i] == '\\' && text[open] == '"') {
        ++i;
      } else if (text[i] == text[open]) {
        open = std::string_view::npos;
      }
    } else if (text[i] == '#' && (before == ' ' || before == '\t')) {
      break;
    } else if ((text[i] == '"' || text[i] == '\'') &&
               std::string_view(" \t[{,").find(before) != std::string_view::npos) {
      open = i;
    }
  }
  if (open == std::string_view::npos) return std::nullopt;
  return source.line_begin(line) + open;
}

}  // namespace kutip::loading
