#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kutip::loading {

// A file as it was read. Paths are relative to the rules folder, with '/'.
struct SourceFile {
  std::string path;
  std::string content;
};

enum class Severity : std::uint8_t { kError, kWarning };

// Half-open range of columns on one line of a file; line and columns are 1-based and count code points.
// line 0: the file as a whole.
struct SourceRange {
  std::uint32_t file = 0;  // index into the list of source files
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::uint32_t end_column = 0;
};

// A mistake in a rule file, for its author.
struct Diagnostic {
  Severity severity = Severity::kError;
  std::string code;     // stable: E103
  std::string message;  // what is wrong: unknown lexicon `ujaran`
  SourceRange where;
  std::string expected;     // what may stand there; may be empty
  std::string help;         // what to write instead; may be empty
  std::string replacement;  // text to put in place of `where`; empty: no patch is proposed
  std::vector<std::pair<SourceRange, std::string>> related;  // other places, each with a note: first defined here
};

// Sorted by file, line, column, code.
void sort_diagnostics(std::vector<Diagnostic>& diagnostics);

// For people: header, file:line:column, the source line with a caret, expected, help.
std::string format_text(const Diagnostic& diagnostic, std::span<const SourceFile> files);

}  // namespace kutip::loading
