#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "loading/findings.h"
#include "loading/source_text.h"
#include "loading/yaml_tree.h"

namespace kutip::loading {

// Text of a test, with marks: “[[quote|Harga turun,]]” [[cue|kata]] …
struct MarkedText {
  // Where a line of `value` stands in the file.
  struct LineOrigin {
    std::size_t begin = 0;  // byte of `value`
    SourceRange where;      // its first character
  };

  std::string value;
  SourceRange where;
  std::vector<LineOrigin> lines;  // empty if the text is written with escapes, so that places cannot be told

  // Place of bytes [begin, end) of `value`; the whole text if it cannot be told.
  SourceRange place(std::size_t begin, std::size_t end) const;
};

struct TextMark {
  std::string name;
  SourceRange where;               // of the name
  std::size_t begin = 0, end = 0;  // bytes of the text without marks, half-open
};

struct UnmarkedText {
  std::string text;
  std::vector<TextMark> marks;  // in order of their begin, outer ones first
};

// Reads the text of a test: plain, quoted, or literal (|). Folded text is refused, since it has no places.
MarkedText read_marked_text(const YamlNode& node, const SourceText& source, Findings& findings);

// Takes the marks out; marks may nest. Reports broken ones. O(bytes).
UnmarkedText remove_marks(const MarkedText& text, Findings& findings);

}  // namespace kutip::loading
