#include "loading/file_index.h"

#include <algorithm>
#include <numeric>

namespace kutip::loading {

FileIndex::FileIndex(std::span<const SourceFile> files) : files_(files), order_(files.size()) {
  std::iota(order_.begin(), order_.end(), 0u);
  std::stable_sort(order_.begin(), order_.end(), [&](auto a, auto b) { return files_[a].path < files_[b].path; });
}

std::optional<std::uint32_t> FileIndex::find(std::string_view path) const {
  const auto at = std::lower_bound(order_.begin(), order_.end(), path,
                                   [&](std::uint32_t file, std::string_view p) { return files_[file].path < p; });
  if (at == order_.end() || files_[*at].path != path) return std::nullopt;
  return *at;
}

}  // namespace kutip::loading
