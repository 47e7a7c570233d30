#include "text/utf8.h"

#include <cstring>

namespace kutip::text {
namespace {

unsigned byte_at(std::string_view text, std::size_t offset) {
  return static_cast<unsigned char>(text[offset]);
}

bool is_continuation(unsigned byte) {
  return (byte & 0xC0) == 0x80;
}

// Number of ASCII bytes from `offset` on.
std::size_t skip_ascii(std::string_view bytes, std::size_t offset) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080;
  while (bytes.size() - offset >= 16) {
    std::uint64_t lanes[2];
    std::memcpy(lanes, bytes.data() + offset, sizeof lanes);
    if (((lanes[0] | lanes[1]) & kHighBits) != 0) break;
    offset += 16;
  }
  while (offset < bytes.size() && byte_at(bytes, offset) < 0x80) ++offset;
  return offset;
}

// What may follow a lead byte: Table 3-7 of the Unicode Standard, "Well-Formed UTF-8 Byte Sequences".
struct Sequence {
  unsigned size = 0;  // 0: no lead byte
  unsigned second_min = 0x80;
  unsigned second_max = 0xBF;
};

Sequence sequence_of(unsigned lead) {
  if (lead >= 0xC2 && lead <= 0xDF) return {2};
  if (lead == 0xE0) return {3, 0xA0, 0xBF};
  if (lead == 0xED) return {3, 0x80, 0x9F};
  if (lead >= 0xE1 && lead <= 0xEF) return {3};
  if (lead == 0xF0) return {4, 0x90, 0xBF};
  if (lead == 0xF4) return {4, 0x80, 0x8F};
  if (lead >= 0xF1 && lead <= 0xF3) return {4};
  return {};
}

// Bytes of the well-formed sequence at `offset`, or 0.
std::size_t sequence_at(std::string_view bytes, std::size_t offset) {
  const Sequence sequence = sequence_of(byte_at(bytes, offset));
  if (sequence.size == 0 || bytes.size() - offset < sequence.size) return 0;
  const unsigned second = byte_at(bytes, offset + 1);
  if (second < sequence.second_min || second > sequence.second_max) return 0;
  for (std::size_t i = 2; i < sequence.size; ++i) {
    if (!is_continuation(byte_at(bytes, offset + i))) return 0;
  }
  return sequence.size;
}

}  // namespace

std::optional<std::size_t> find_ill_formed(std::string_view bytes) {
  std::size_t offset = skip_ascii(bytes, 0);
  while (offset < bytes.size()) {
    const std::size_t size = sequence_at(bytes, offset);
    if (size == 0) return offset;
    offset += size;
    if (offset < bytes.size() && byte_at(bytes, offset) < 0x80) offset = skip_ascii(bytes, offset);
  }
  return std::nullopt;
}

CodePoint code_point_at(std::string_view text, std::size_t offset) {
  const unsigned lead = byte_at(text, offset);
  if (lead < 0x80) return {lead, 1};
  const auto bits = [&](std::size_t i) { return byte_at(text, offset + i) & 0x3F; };
  if (lead < 0xE0) return {(lead & 0x1F) << 6 | bits(1), 2};
  if (lead < 0xF0) return {(lead & 0x0F) << 12 | bits(1) << 6 | bits(2), 3};
  return {(lead & 0x07) << 18 | bits(1) << 12 | bits(2) << 6 | bits(3), 4};
}

CodePoint code_point_before(std::string_view text, std::size_t offset) {
  do --offset;
  while (is_continuation(byte_at(text, offset)));
  return code_point_at(text, offset);
}

namespace {

constexpr std::uint64_t kLowBits = 0x0101010101010101u;

// How many of the eight bytes have a bit in `flags`, which are in the lowest bit of each.
std::size_t count_bytes(std::uint64_t flags) {
  return static_cast<std::size_t>((flags * kLowBits) >> 56);
}

// Calls f(word) for each eight bytes and returns the bytes that are left.
template <typename F>
std::string_view for_each_word(std::string_view text, F f) {
  for (; text.size() >= 8; text.remove_prefix(8)) {
    std::uint64_t word;
    std::memcpy(&word, text.data(), 8);
    f(word);
  }
  return text;
}

}  // namespace

// A continuation byte has the highest bit and not the one below.
std::size_t count_code_points(std::string_view text) {
  std::size_t count = 0;
  text = for_each_word(text, [&](std::uint64_t w) { count += 8 - count_bytes((w >> 7) & (~w >> 6) & kLowBits); });
  for (const char c : text) count += static_cast<signed char>(c) >= -0x40;
  return count;
}

std::size_t count_utf16_units(std::string_view text) {
  std::size_t count = 0;
  text = for_each_word(text, [&](std::uint64_t w) {
    count += 8 - count_bytes((w >> 7) & (~w >> 6) & kLowBits);
    count += count_bytes((w >> 7) & (w >> 6) & (w >> 5) & (w >> 4) & kLowBits);
  });
  for (const char c : text) {
    count += static_cast<signed char>(c) >= -0x40;
    count += static_cast<unsigned char>(c) >= 0xF0;  // outside the Basic Multilingual Plane: a surrogate pair
  }
  return count;
}

}  // namespace kutip::text
