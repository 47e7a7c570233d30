#include "loading/raw_bytes_check.h"

#include <optional>
#include <string_view>

#include "loading/odd_characters.h"
#include "text/utf8.h"

namespace kutip::loading {
namespace {

// UTF-16 and UTF-32 show by their byte-order mark, or by a zero beside an ASCII character at the start.
bool looks_like_utf16(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) return true;
  return bytes.size() >= 2 && (bytes[0] == '\0') != (bytes[1] == '\0');
}

bool report_encoding(const SourceText& source, Findings& findings) {
  if (looks_like_utf16(source.bytes())) {
    Diagnostic& d = findings.report(Code::kEncoding, source.whole_file(), "the file is UTF-16 or UTF-32");
    d.expected = "UTF-8";
    d.help = "save the file as UTF-8 in your editor";
    return true;
  }
  bool found = false;
  for (std::size_t n = 0; n < source.line_count(); ++n) {
    const std::optional<std::size_t> at = text::find_ill_formed(source.line(n));
    if (!at) continue;
    found = true;
    const std::size_t offset = source.line_begin(n) + *at;
    Diagnostic& d = findings.report(Code::kEncoding, source.range(offset, offset + 1), "a byte that is not UTF-8");
    d.expected = "UTF-8";
    d.help = "save the file as UTF-8 in your editor; it may be in Windows-1252 or Latin-1 now";
  }
  return found;
}

// Offset of the first control character of the line; for lines from the first to the last byte.
std::optional<std::size_t> find_control(std::string_view line) {
  for (std::size_t i = 0; i < line.size(); ++i) {
    const auto c = static_cast<unsigned char>(line[i]);
    if ((c < 0x20 && c != '\t') || c == 0x7F) return i;
    // U+0080 to U+009F, but for U+0085 NEXT LINE, which odd_characters knows as a space.
    const bool c1 = c == 0xC2 && i + 1 < line.size() && static_cast<unsigned char>(line[i + 1]) < 0xA0;
    if (c1 && static_cast<unsigned char>(line[i + 1]) != 0x85) return i;
  }
  return std::nullopt;
}

bool report_controls(const SourceText& source, Findings& findings) {
  bool found = false;
  for (std::size_t n = 0; n < source.line_count(); ++n) {
    const std::string_view line = source.line(n);
    const std::optional<std::size_t> at = find_control(line);
    if (!at) continue;
    found = true;
    const std::size_t offset = source.line_begin(n) + *at;
    const text::CodePoint point = text::code_point_at(line, *at);
    Diagnostic& d = findings.report(Code::kForbiddenCharacter, source.range(offset, offset + point.size),
                                    "the control character " + code_point_name(point.value));
    d.expected = "text, tabs and line ends (LF or CR LF)";
    d.help = point.value == '\r' ? "end lines with LF or CR LF" : "delete the character";
  }
  return found;
}

bool is_conflict_mark(std::string_view line) {
  return line == "=======" || line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> ");
}

// The lines that git writes around two versions of a passage; the first of them is enough to find the others.
bool report_merge_conflict(const SourceText& source, Findings& findings) {
  for (std::size_t n = 0; n < source.line_count(); ++n) {
    const std::string_view line = source.line(n);
    if (!is_conflict_mark(line)) continue;
    const std::size_t begin = source.line_begin(n);
    Diagnostic& d = findings.report(Code::kMergeConflict, source.range(begin, begin + line.size()),
                                    "a conflict that a merge left behind");
    d.expected = "one of the two versions";
    d.help = "keep what is right, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>";
    return true;
  }
  return false;
}

}  // namespace

bool check_raw_bytes(const SourceText& source, Findings& findings) {
  return !report_encoding(source, findings) && !report_controls(source, findings) &&
         !report_merge_conflict(source, findings);
}

}  // namespace kutip::loading
