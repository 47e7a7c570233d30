#include "loading/yaml_syntax_error.h"

#include <algorithm>
#include <string>

#include "loading/line_scan.h"
#include "loading/odd_characters.h"
#include "text/utf8.h"

namespace kutip::loading {
namespace {

bool starts_with(std::string_view text, std::string_view prefix) {
  return text.starts_with(prefix);
}

// True if the byte stands inside [...] or {...}. The library tells only of brackets that it has handed over before it
// gave up; those opened on the same line are found here.
bool in_brackets(const SyntaxError& error, const SourceText& source, std::size_t offset) {
  return error.open_bracket || bracket_around(source, offset);
}

// The value in quotes, if that needs no escapes.
void propose_quotes(std::string_view value, Diagnostic& d) {
  d.help = "put the value in single quotes";
  if (value.find('\'') == std::string_view::npos) d.replacement = "'" + std::string(value) + "'";
}

// A quote that is open at a line's end runs to the next one, wherever that is: what the library cannot read then stands
// far behind the mistake. Lines of a `|-` text may hold anything.
bool report_open_quote(const SyntaxError& error, const SourceText& source, Findings& findings) {
  const std::size_t last = source.line_at(error.offset);
  for (std::size_t line = source.line_at(std::min(error.last_begin, error.offset)); line <= last; ++line) {
    const std::string_view text = source.line(line);
    if (text.ends_with("|-") || text.ends_with('|') || text.ends_with('>')) return false;
    const auto open = open_quote(source, line);
    if (!open) continue;
    Diagnostic& d = findings.report(Code::kUnterminatedQuote, source.range(*open, source.bytes().size()),
                                    "a quoted value has no closing quote on its line");
    d.expected = "a closing " + std::string(1, source.bytes()[*open]) + " on the same line";
    d.help = "close the quote; for a text of several lines write `|-` and the lines below, indented";
    return true;
  }
  return false;
}

// `key:value`, which is a plain text for YAML, so that the key on the next line goes on with it.
bool report_missing_space(const SyntaxError& error, const SourceText& source, Findings& findings) {
  const std::size_t line = source.line_at(error.offset);
  if (line == 0 || error.message != "illegal map value" || in_brackets(error, source, error.offset)) return false;
  const std::string_view before = source.line(line - 1);
  const std::size_t indent = std::min(before.find_first_not_of(" -"), before.size());
  const std::size_t begin = source.line_begin(line - 1) + indent;
  const std::string_view pair = value_at(source, begin, false);
  const std::size_t colon = pair.find_first_not_of("abcdefghijklmnopqrstuvwxyz_");
  if (colon == 0 || colon + 1 >= pair.size() || pair[colon] != ':' || pair[colon + 1] == ' ') return false;
  std::string_view value = pair.substr(colon + 1);
  const text::CodePoint first = text::code_point_at(value, 0);
  const bool odd = is_odd_space(first.value) || is_invisible(first.value);
  if (odd) value.remove_prefix(first.size);
  const SourceRange where = source.range(begin, begin + pair.size());
  Diagnostic& d = odd ? findings.report(Code::kOddCharacterAtKey, where,
                                        "behind the colon stands " + code_point_name(first.value) + ", and no space")
                      : findings.report(Code::kSyntax, where, "a space is missing behind the colon");
  d.expected = "a key, a colon and a space";
  d.help = "put a space between the key and its value";
  d.replacement = std::string(pair.substr(0, colon + 1)) + " " + std::string(value);
  return true;
}

// Offset of a tab in the white space before the first character of the line.
std::optional<std::size_t> tab_in_indent(const SourceText& source, std::size_t line) {
  const std::string_view text = source.line(line);
  const std::size_t indent = std::min(text.find_first_not_of(" \t"), text.size());
  const std::size_t tab = text.substr(0, indent).find('\t');
  if (tab == std::string_view::npos) return std::nullopt;
  return source.line_begin(line) + tab;
}

// Spaces before a key that stands beside the one on the line above; nullopt if it is a list item, or may stand below
// it.
std::optional<std::size_t> indent_like_above(const SourceText& source, std::size_t line) {
  if (line == 0) return std::nullopt;
  const std::string_view above = source.line(line - 1), text = source.line(line);
  const std::size_t first = text.find_first_not_of(" \t");
  const std::size_t indent = above.find_first_not_of(" -");
  const bool beside = first != std::string_view::npos && text[first] != '-' && text[0] == '\t' &&
                      indent != std::string_view::npos && !above.ends_with(':') && above.find(": ") < above.size();
  return beside ? std::optional(indent) : std::nullopt;
}

bool report_tab(const SourceText& source, std::size_t offset, Findings& findings) {
  const std::size_t line = source.line_at(std::min(offset, source.bytes().size()));
  for (const std::size_t n : {line, line == 0 ? line : line - 1}) {
    const std::optional<std::size_t> tab = tab_in_indent(source, n);
    if (!tab) continue;
    std::size_t end = *tab;
    while (end < source.bytes().size() && source.bytes()[end] == '\t') ++end;
    Diagnostic& d = findings.report(Code::kTabIndent, source.range(*tab, end), "a tab in the indentation");
    d.expected = "spaces; YAML does not indent with tabs";
    d.help = "write two spaces for each step";
    d.replacement = std::string(indent_like_above(source, n).value_or(2 * (end - *tab)), ' ');
    return true;
  }
  return false;
}

void report_other(const SyntaxError& error, const SourceText& source, Findings& findings) {
  const std::size_t line = source.line_at(std::min(error.offset, source.bytes().size()));
  const std::size_t line_end = source.line_begin(line) + source.line(line).size();
  Diagnostic& d = findings.report(Code::kSyntax, source.range(error.offset, std::min(line_end, error.offset + 1)),
                                  "the YAML cannot be read here: " + std::string(error.message));
  if (starts_with(error.message, "illegal map value"))
    d.help = "a value with `: ` in it needs quotes; a key must stand at the indentation of the keys beside it";
  else if (starts_with(error.message, "end of map not found") ||
           starts_with(error.message, "end of sequence not found"))
    d.help = "check that this line is indented as the lines before it";
  else if (starts_with(error.message, "illegal block entry"))
    d.help = "a list item starts on a line of its own";
  if (const auto odd = first_odd_character(source.line(line)))
    d.help += std::string(d.help.empty() ? "" : "; ") + "the line has the character " + code_point_name(*odd);
}

void report_escape(const SyntaxError& error, const SourceText& source, Findings& findings) {
  const std::string_view bytes = source.bytes();
  // The library's mark stands somewhere behind the backslash.
  std::size_t slash = std::min(error.offset, bytes.size() - 1);
  while (slash > 0 && bytes[slash] != '\\' && bytes[slash] != '\n') --slash;
  if (bytes[slash] != '\\') return report_other(error, source, findings);
  const bool hex = bytes.substr(slash + 1, 1).find_first_of("xuU") == 0;
  const std::size_t size =
      !hex ? 2 : std::min(bytes.find_first_not_of("0123456789abcdefABCDEF", slash + 2), bytes.size()) - slash;
  const std::string_view escape = bytes.substr(slash, size);
  Diagnostic& d =
      findings.report(Code::kUnknownEscape, source.range(slash, slash + size),
                      (hex ? "the escape " + quoted(escape) + " is no character" : "unknown escape " + quoted(escape)));
  d.expected = "an escape of YAML like \\\" \\\\ \\t \\n \\u201C";
  d.help = hex ? "write the character itself" : "put the value in single quotes, where a backslash is a backslash";
}

void report_reserved(const SyntaxError& error, const SourceText& source, Findings& findings) {
  std::size_t begin = error.offset;
  // For these the mark stands behind the character.
  if (begin > 0 && std::string_view("*&>|").find(source.bytes()[begin - 1]) != std::string_view::npos) --begin;
  const std::string_view value = value_at(source, begin, in_brackets(error, source, begin));
  const text::CodePoint first = text::code_point_at(source.bytes(), begin);
  Diagnostic& d =
      findings.report(Code::kReservedStart, source.range(begin, begin + value.size()),
                      "a plain value cannot start with " + quoted(source.bytes().substr(begin, first.size)));
  d.expected = "a letter or digit, or the value in quotes";
  propose_quotes(value, d);
}

bool report_behind_quote(const SyntaxError& error, const SourceText& source, Findings& findings) {
  if (!error.last_quoted_end || *error.last_quoted_end > error.offset) return false;
  const std::string_view between = source.bytes().substr(*error.last_quoted_end, error.offset - *error.last_quoted_end);
  if (between.find('\n') != std::string_view::npos) return false;
  const std::size_t line = source.line_at(error.offset);
  const std::size_t begin = *error.last_quoted_end + std::min(between.find_first_not_of(" \t"), between.size());
  Diagnostic& d =
      findings.report(Code::kTextBehindQuote, source.range(begin, source.line_begin(line) + source.line(line).size()),
                      "text behind a closing quote");
  d.expected = "the end of the line, or of the item in [...] or {...}";
  d.help = "a value that starts with a quote ends at the next one; put the whole value in quotes of the other kind";
  return true;
}

// `{` or `[` that is never closed: the library notices where something begins that cannot stand inside, a list item of
// a line below, say.
bool report_open_bracket(const SyntaxError& error, const SourceText& source, Findings& findings) {
  const bool stops_inside = error.message.find("flow not found") != std::string_view::npos ||
                            starts_with(error.message, "illegal block entry");
  if (!stops_inside) return false;
  // The library looks ahead of what it hands over.
  const std::size_t behind = source.line_begin(source.line_at(std::min(error.last_begin, error.offset)));
  const std::optional<std::size_t> opened =
      error.open_bracket ? error.open_bracket : open_bracket(source, behind, error.offset);
  if (!opened) return false;
  const bool list = source.bytes()[*opened] == '[';
  Diagnostic& d = findings.report(Code::kSyntax, source.range(*opened, *opened + 1),
                                  list ? "`[` is never closed" : "`{` is never closed");
  d.related.emplace_back(source.range(error.offset, error.offset + 1), "reading stopped here");
  d.expected = list ? "`,` between the items and `]` behind the last" : "`,` between the pairs and `}` behind the last";
  return true;
}

// `]` that is to close a `{`, or the other way round; or what nothing is open for.
bool report_wrong_close(const SyntaxError& error, const SourceText& source, Findings& findings) {
  if (error.message != "illegal flow end") return false;
  const std::optional<std::size_t> on_line = bracket_around(source, error.offset);
  const std::optional<std::size_t> opened = on_line ? on_line : error.open_bracket;
  if (!opened) return false;
  const bool list = source.bytes()[*opened] == '[';
  Diagnostic& d = findings.report(Code::kSyntax, source.range(error.offset, error.offset + 1),
                                  list ? "`}` where `]` belongs" : "`]` where `}` belongs");
  d.related.emplace_back(source.range(*opened, *opened + 1), list ? "`[` stands here" : "`{` stands here");
  d.expected = list ? "`,` between the items and `]` behind the last" : "`,` between the pairs and `}` behind the last";
  d.replacement = list ? "]}" : "}]";
  d.help = "close it first";
  return true;
}

// A text that starts with a bracket, as marked tests do: [[quote|…]], says X
bool report_behind_bracket(const SyntaxError& error, const SourceText& source, Findings& findings) {
  const std::size_t line = source.line_at(error.offset);
  const std::size_t begin = source.line_begin(line);
  const std::string_view before = source.bytes().substr(begin, error.offset - begin);
  const std::size_t value = before.find(": [");
  const std::size_t last = before.find_last_not_of(' ');
  if (value == std::string_view::npos || before[last] != ']' || bracket_around(source, error.offset)) return false;
  Diagnostic& d = findings.report(Code::kSyntax, source.range(error.offset, begin + source.line(line).size()),
                                  "text behind a closing bracket");
  d.related.emplace_back(source.range(begin + value + 2, begin + value + 3), "a list begins here");
  d.expected = "the end of the line";
  d.help = "if a text is meant, write `|-` behind the colon and the text on the next line, indented";
  return true;
}

// kutipan: langsung as a plain value
bool report_colon_in_value(const SyntaxError& error, const SourceText& source, Findings& findings) {
  if (error.message != "illegal map value" || !error.last_plain || in_brackets(error, source, error.offset))
    return false;
  if (*error.last_plain > error.offset || source.line_at(*error.last_plain) != source.line_at(error.offset))
    return false;
  const std::string_view value = value_at(source, *error.last_plain, false);
  const std::string_view before = source.bytes().substr(0, *error.last_plain);
  if (!before.ends_with(": ") || source.bytes().substr(error.offset, 1) != ":") return false;
  Diagnostic& d = findings.report(Code::kSyntax, source.range(*error.last_plain, *error.last_plain + value.size()),
                                  "a plain value with `: ` in it");
  d.expected = "the value in quotes";
  propose_quotes(value, d);
  return true;
}

}  // namespace

void report_syntax_error(const SyntaxError& error, const SourceText& source, Findings& findings) {
  SyntaxError at = error;
  at.offset = std::min(error.offset, source.bytes().size());
  const bool escape = starts_with(at.message, "unknown escape") || starts_with(at.message, "invalid unicode") ||
                      starts_with(at.message, "bad character found while scanning hex");
  if (escape && !source.bytes().empty()) return report_escape(at, source, findings);
  if (report_tab(source, at.offset, findings)) return;
  const bool reserved = starts_with(at.message, "unknown token") || starts_with(at.message, "alias not found") ||
                        starts_with(at.message, "anchor not found") ||
                        starts_with(at.message, "unexpected character in block scalar");
  if (reserved && at.offset < source.bytes().size()) return report_reserved(at, source, findings);
  if (report_open_quote(at, source, findings)) return;
  if (report_behind_quote(at, source, findings) || report_open_bracket(at, source, findings)) return;
  if (report_wrong_close(at, source, findings) || report_behind_bracket(at, source, findings)) return;
  if (report_colon_in_value(at, source, findings) || report_missing_space(at, source, findings)) return;
  report_other(at, source, findings);
}

}  // namespace kutip::loading
