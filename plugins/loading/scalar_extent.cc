#include "loading/scalar_extent.h"

#include <optional>

namespace kutip::loading {
namespace {

using Style = YamlNode::Style;

std::optional<std::size_t> behind_closing_quote(std::string_view bytes, std::size_t begin) {
  const char quote = bytes[begin];
  for (std::size_t i = begin + 1; i < bytes.size(); ++i) {
    if (quote == '"' && bytes[i] == '\\') {
      ++i;
    } else if (bytes[i] == quote) {
      if (quote == '"' || bytes.substr(i + 1, 1) != "'") return i + 1;
      ++i;  // '' is a quote mark in the value
    }
  }
  return std::nullopt;
}

std::size_t line_end(const SourceText& source, std::size_t offset) {
  const std::size_t line = source.line_at(offset);
  return source.line_begin(line) + source.line(line).size();
}

}  // namespace

ScalarExtent scalar_extent(const SourceText& source, std::size_t begin, std::string_view value, bool plain) {
  const std::string_view bytes = source.bytes();
  const char first = begin < bytes.size() ? bytes[begin] : '\0';
  if (!plain && (first == '"' || first == '\'')) {
    const std::optional<std::size_t> end = behind_closing_quote(bytes, begin);
    return {Style::kQuoted, end.value_or(bytes.size()), end.has_value()};
  }
  if (!plain && (first == '|' || first == '>'))
    return {first == '|' ? Style::kLiteral : Style::kFolded, line_end(source, begin), true};
  if (bytes.substr(begin, value.size()) == value) return {Style::kPlain, begin + value.size(), true};
  return {Style::kPlainLines, line_end(source, begin), true};
}

}  // namespace kutip::loading
