#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "loading/findings.h"
#include "loading/source_text.h"

namespace kutip::loading {

// Where the YAML library gave up, and what it was in.
struct SyntaxError {
  std::string_view message;                    // the library's
  std::size_t offset = 0;                      // byte of the file
  std::optional<std::size_t> open_bracket;     // of the innermost [ or { that is still open
  std::optional<std::size_t> last_quoted_end;  // behind the last quoted value's closing quote
  std::optional<std::size_t> last_plain;       // begin of the last plain key or value
  std::size_t last_begin = 0;                  // of the last value that it handed over
};

// Reports it as what a person would call the mistake, with a patch where one is clear.
void report_syntax_error(const SyntaxError& error, const SourceText& source, Findings& findings);

}  // namespace kutip::loading
