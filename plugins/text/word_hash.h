#pragma once

// The inside of hash_word(), for code that has a word in registers already.

#include <bit>
#include <cstdint>
#include <cstring>

namespace kutip::text {

static_assert(std::endian::native == std::endian::little, "words are loaded as little-endian lanes");

// The first 16 bytes of a word, zero where it is shorter.
struct WordLanes {
  std::uint64_t low = 0;
  std::uint64_t high = 0;
};

inline std::uint64_t load_lane(const char* bytes) {
  std::uint64_t lane;
  std::memcpy(&lane, bytes, sizeof lane);
  return lane;
}

// Multiplies to 128 bits and folds the halves, the mixing step of wyhash (Wang Yi).
inline std::uint64_t fold_product(std::uint64_t a, std::uint64_t b) {
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

inline constexpr std::uint64_t kHashSeedLow = 0x9E3779B97F4A7C15;
inline constexpr std::uint64_t kHashSeedHigh = 0xC2B2AE3D27D4EB4F;

// Hash of a word of `size` bytes, at most 16.
inline std::uint64_t hash_short_word(WordLanes word, std::uint64_t size) {
  return fold_product(word.low ^ kHashSeedLow, word.high ^ kHashSeedHigh ^ (size << 56));
}

// Loads `size` (at most 16) bytes without touching any behind them.
inline WordLanes load_short_word(const char* bytes, std::size_t size) {
  WordLanes word;
  if (size >= 8) {
    word.low = load_lane(bytes);
    if (size > 8) word.high = load_lane(bytes + size - 8) >> (8 * (16 - size));
  } else if (size >= 4) {
    std::uint32_t first, last;
    std::memcpy(&first, bytes, 4);
    std::memcpy(&last, bytes + size - 4, 4);
    word.low = first | (static_cast<std::uint64_t>(last) << (8 * (size - 4)));
  } else {
    for (std::size_t i = 0; i < size; ++i) {
      word.low |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
    }
  }
  return word;
}

}  // namespace kutip::text
