#pragma once

#include <cstdint>

namespace kutip::text {

// Half-open range [begin, end) of UTF-8 bytes of the original text. Both ends lie on code-point boundaries.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  std::uint32_t size() const { return end - begin; }
  bool empty() const { return begin == end; }
  friend bool operator==(const Span&, const Span&) = default;
};

// Half-open range [begin, end) of indices into Document::tokens().
struct TokenRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  std::uint32_t size() const { return end - begin; }
  bool empty() const { return begin == end; }
  bool contains(TokenRange other) const { return begin <= other.begin && other.end <= end; }
  bool overlaps(TokenRange other) const { return begin < other.end && other.begin < end; }
  friend bool operator==(const TokenRange&, const TokenRange&) = default;
};

}  // namespace kutip::text
