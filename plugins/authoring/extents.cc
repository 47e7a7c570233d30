#include "authoring/extents.h"

#include <algorithm>

#include "text/utf8.h"

namespace kutip::authoring {
namespace {

bool is_trimmed(char32_t c) {
  return std::u32string_view(U" \t\n\r\u00a0,.;:").find(c) != std::u32string_view::npos;
}

}  // namespace

std::u32string decode(std::string_view text) {
  std::u32string out;
  for (std::size_t at = 0; at < text.size();) {
    const text::CodePoint point = text::code_point_at(text, at);
    out += point.value;
    at += point.size;
  }
  return out;
}

Extent trimmed(std::u32string_view text, Extent extent) {
  extent.end = std::min(extent.end, static_cast<std::uint32_t>(text.size()));
  while (extent.begin < extent.end && is_trimmed(text[extent.begin])) ++extent.begin;
  while (extent.end > extent.begin && is_trimmed(text[extent.end - 1])) --extent.end;
  return extent;
}

std::vector<Extent> trimmed(std::u32string_view text, std::vector<Extent> extents) {
  for (Extent& extent : extents) extent = trimmed(text, extent);
  return extents;
}

CodePointSet::CodePointSet(std::vector<Extent> extents) {
  std::sort(extents.begin(), extents.end());
  for (const Extent& extent : extents) {
    if (extent.begin >= extent.end) continue;
    if (!parts_.empty() && extent.begin <= parts_.back().end) {
      parts_.back().end = std::max(parts_.back().end, extent.end);
    } else {
      parts_.push_back(extent);
    }
  }
}

std::size_t CodePointSet::size() const {
  std::size_t size = 0;
  for (const Extent& part : parts_) size += part.end - part.begin;
  return size;
}

std::size_t CodePointSet::common_with(const CodePointSet& other) const {
  std::size_t common = 0;
  for (auto a = parts_.begin(), b = other.parts_.begin(); a != parts_.end() && b != other.parts_.end();) {
    const std::uint32_t begin = std::max(a->begin, b->begin), end = std::min(a->end, b->end);
    if (begin < end) common += end - begin;
    if (a->end < b->end)
      ++a;
    else
      ++b;
  }
  return common;
}

bool any_overlap(const std::vector<Extent>& a, const std::vector<Extent>& b) {
  return std::any_of(a.begin(), a.end(), [&](const Extent& x) {
    return std::any_of(b.begin(), b.end(), [&](const Extent& y) { return x.begin < y.end && y.begin < x.end; });
  });
}

}  // namespace kutip::authoring
