#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "loading/diagnostic.h"

namespace kutip::loading {

// Files by their path. Keeps a view of the list.
class FileIndex {
 public:
  explicit FileIndex(std::span<const SourceFile> files);

  // Index into the list; of two files with one path the first. O(log files).
  std::optional<std::uint32_t> find(std::string_view path) const;
  // Indices in order of path; files with one path in the order given.
  const std::vector<std::uint32_t>& in_order() const { return order_; }

 private:
  std::span<const SourceFile> files_;
  std::vector<std::uint32_t> order_;
};

}  // namespace kutip::loading
