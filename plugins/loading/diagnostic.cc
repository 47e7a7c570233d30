#include "loading/diagnostic.h"

#include <algorithm>
#include <optional>
#include <tuple>

#include "loading/source_text.h"
#include "text/utf8.h"

namespace kutip::loading {
namespace {

// Of a long line only so many columns around the mistake are shown.
constexpr std::size_t kMaxColumns = 160;
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

using Columns = std::vector<std::string>;

// A line as its code points; control characters and ill-formed bytes as U+FFFD, so that it can be printed anywhere.
Columns columns_of(std::string_view line) {
  Columns columns;
  for (std::size_t i = 0; i < line.size();) {
    std::size_t size = 1;
    while (i + size < line.size() && (line[i + size] & 0xC0) == 0x80) ++size;
    const std::string_view point = line.substr(i, size);
    const auto lead = static_cast<unsigned char>(point[0]);
    const bool printable = (lead >= 0x20 && lead != 0x7F) || lead == '\t';
    columns.emplace_back(printable && !text::find_ill_formed(point) ? point : kReplacement);
    i += size;
  }
  return columns;
}

std::string join(const Columns& columns, std::size_t begin, std::size_t end) {
  std::string text;
  for (std::size_t i = begin; i < end; ++i) text += columns[i];
  return text;
}

struct Excerpt {
  Columns columns;
  std::size_t begin, end;              // what is marked, from 0, half-open
  std::size_t first_shown, end_shown;  // the part of the line that is printed
};

std::optional<Excerpt> excerpt_of(const SourceRange& where, std::span<const SourceFile> files) {
  if (where.line == 0 || where.file >= files.size()) return std::nullopt;
  const SourceText source(where.file, files[where.file].content);
  if (where.line > source.line_count()) return std::nullopt;
  Excerpt excerpt;
  excerpt.columns = columns_of(source.line(where.line - 1));
  const std::size_t size = excerpt.columns.size();
  excerpt.begin = std::min<std::size_t>(where.column - 1, size);
  excerpt.end = std::clamp<std::size_t>(where.end_column - 1, excerpt.begin, size);
  excerpt.first_shown = excerpt.begin < kMaxColumns / 2 ? 0 : excerpt.begin - kMaxColumns / 2;
  excerpt.end_shown = std::min(size, excerpt.first_shown + kMaxColumns);
  return excerpt;
}

std::string caret_line(const Excerpt& excerpt) {
  std::string line;
  for (std::size_t i = excerpt.first_shown; i < excerpt.begin; ++i) line += excerpt.columns[i] == "\t" ? '\t' : ' ';
  const std::size_t end = std::min(excerpt.end, excerpt.end_shown);
  line.append(std::max<std::size_t>(1, end - std::min(excerpt.begin, end)), '^');
  return line;
}

std::string place(const SourceRange& where, std::span<const SourceFile> files) {
  std::string text = where.file < files.size() ? files[where.file].path : std::string("?");
  if (where.line != 0) text += ":" + std::to_string(where.line) + ":" + std::to_string(where.column);
  return text;
}

auto sort_key(const Diagnostic& d) {
  return std::tie(d.where.file, d.where.line, d.where.column, d.code, d.message);
}

}  // namespace

void sort_diagnostics(std::vector<Diagnostic>& diagnostics) {
  std::stable_sort(diagnostics.begin(), diagnostics.end(),
                   [](const Diagnostic& a, const Diagnostic& b) { return sort_key(a) < sort_key(b); });
}

std::string format_text(const Diagnostic& diagnostic, std::span<const SourceFile> files) {
  std::string out = diagnostic.severity == Severity::kError ? "error[" : "warning[";
  out += diagnostic.code + "]: " + diagnostic.message + "\n";
  out += "  --> " + place(diagnostic.where, files) + "\n";

  const std::string number = std::to_string(diagnostic.where.line);
  const std::string gutter(number.size() + 1, ' ');
  const std::optional<Excerpt> excerpt = excerpt_of(diagnostic.where, files);
  if (excerpt) {
    out += gutter + "|\n";
    out += number + " | " + join(excerpt->columns, excerpt->first_shown, excerpt->end_shown) + "\n";
    out += gutter + "| " + caret_line(*excerpt) + "\n";
  }
  for (const auto& [where, note] : diagnostic.related) out += "  ::: " + place(where, files) + ": " + note + "\n";
  if (!diagnostic.expected.empty()) out += "expected: " + diagnostic.expected + "\n";
  if (!diagnostic.help.empty()) out += "help: " + diagnostic.help + "\n";
  if (excerpt && !diagnostic.replacement.empty()) {
    out += number + " | " + join(excerpt->columns, excerpt->first_shown, excerpt->begin) + diagnostic.replacement +
           join(excerpt->columns, excerpt->end, std::max(excerpt->end, excerpt->end_shown)) + "\n";
  }
  return out;
}

}  // namespace kutip::loading
