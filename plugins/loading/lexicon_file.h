#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "loading/findings.h"
#include "loading/source_text.h"

namespace kutip::loading {

// Entries of a lexicon as rows of equally many columns; views into the file or wherever the words stand.
struct LexiconRows {
  std::size_t column_count = 1;
  std::vector<std::string_view> cells;  // row by row; a missing column is empty
  std::vector<SourceRange> forms;       // parallel to the rows: where the first column stands

  std::size_t size() const { return forms.size(); }
  std::span<const std::string_view> row(std::size_t i) const {
    return std::span(cells).subspan(i * column_count, column_count);
  }
};

// Reads one entry a line, TAB between columns; lines that are blank or start with '#' are passed over. Reports lines
// with more columns, without a form, spaces around a column (which are taken off) and forms outside NFC. O(bytes), no
// allocation per entry.
LexiconRows read_lexicon_file(const SourceText& source, std::size_t column_count, Findings& findings);

}  // namespace kutip::loading
