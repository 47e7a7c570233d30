#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "authoring/annotated_text.h"

namespace kutip::authoring {

// The code points of a text. REQUIRES: well-formed UTF-8.
std::u32string decode(std::string_view text);

// Without spaces and , . ; : at both ends.
Extent trimmed(std::u32string_view text, Extent extent);
std::vector<Extent> trimmed(std::u32string_view text, std::vector<Extent> extents);

// Extents as a set of code points: sorted, apart from each other.
class CodePointSet {
 public:
  explicit CodePointSet(std::vector<Extent> extents);
  std::size_t size() const;
  std::size_t common_with(const CodePointSet& other) const;

 private:
  std::vector<Extent> parts_;
};

bool any_overlap(const std::vector<Extent>& a, const std::vector<Extent>& b);

}  // namespace kutip::authoring
