#include "authoring/edits.h"

#include <algorithm>
#include <tuple>

#include "loading/source_text.h"
#include "text/utf8.h"

namespace kutip::authoring {
namespace {

// Byte of a line behind `count` code points.
std::size_t skip_code_points(std::string_view line, std::size_t count) {
  std::size_t at = 0;
  for (; count > 0 && at < line.size(); --count) at += text::code_point_at(line, at).size;
  return at;
}

}  // namespace

std::string apply_edits(std::string_view content, std::vector<Edit> edits) {
  std::sort(edits.begin(), edits.end(), [](const Edit& a, const Edit& b) {
    return std::tuple(a.where.line, a.where.column) < std::tuple(b.where.line, b.where.column);
  });
  const loading::SourceText source(0, content);
  const std::string_view bytes = source.bytes();
  std::string out(content.substr(0, content.size() - bytes.size()));
  std::size_t done = 0;
  for (const Edit& edit : edits) {
    if (edit.where.line == 0 || edit.where.line > source.line_count()) continue;
    const std::string_view line = source.line(edit.where.line - 1);
    const std::size_t line_begin = source.line_begin(edit.where.line - 1);
    const std::size_t begin = line_begin + skip_code_points(line, edit.where.column - 1);
    const std::size_t end = line_begin + skip_code_points(line, edit.where.end_column - 1);
    if (begin < done || end < begin) continue;
    out += bytes.substr(done, begin - done);
    out += edit.replacement;
    done = end;
  }
  out += bytes.substr(done);
  return out;
}

}  // namespace kutip::authoring
