#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "loading/diagnostic.h"

namespace kutip::loading {

// Positions in one source file. A byte-order mark takes no column; lines end with LF or CR LF; bytes that are not UTF-8
// count by their lead bytes. Keeps a view of the content.
class SourceText {
 public:
  SourceText(std::uint32_t file, std::string_view content);

  std::uint32_t file() const { return file_; }
  // Without the byte-order mark; all offsets below are into this.
  std::string_view bytes() const { return bytes_; }

  // Range of bytes [begin, end), cut at the end of the line of `begin`; at least one column wide. O(log lines).
  SourceRange range(std::size_t begin, std::size_t end) const;
  SourceRange whole_file() const { return {file_, 0, 0, 0}; }

  // Index of the line (from 0) that holds the byte. O(log lines).
  std::size_t line_at(std::size_t offset) const;
  std::size_t line_begin(std::size_t line) const { return line_begins_[line]; }
  // The line without its end. REQUIRES: line < line_count().
  std::string_view line(std::size_t line) const;
  std::size_t line_count() const { return line_begins_.size(); }

 private:
  std::uint32_t file_;
  // Code points before byte `offset`. O(1).
  std::uint32_t code_points_before(std::size_t offset) const;

  std::string_view bytes_;
  std::vector<std::size_t> line_begins_;
  std::vector<std::uint32_t> checkpoints_;  // code points before byte 256 * i
};

}  // namespace kutip::loading
