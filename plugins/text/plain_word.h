#pragma once

// Words of ASCII letters and digits, up to 15 bytes: nearly all of the words of most texts. Sixteen bytes are
// classified and folded at once, without a branch for each byte.

#include <array>
#include <bit>
#include <cstdint>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "text/token.h"
#include "text/word_hash.h"

namespace kutip::text {

// The letters and digits that 16 bytes start with.
struct PlainRun {
  WordLanes folded;     // zero behind the run
  unsigned size = 0;    // bytes; 16 if the run may go on
  unsigned uppers = 0;  // bit i: byte i is a capital
  unsigned digits = 0;  // bit i: byte i is a digit
};

namespace plain_word {

constexpr std::uint64_t kOnes = 0x0101010101010101;
constexpr std::uint64_t kHighBits = 0x8080808080808080;

// 0x80 in each byte that lies in [first, last].
constexpr std::uint64_t in_range(std::uint64_t bytes, unsigned char first, unsigned char last) {
  const std::uint64_t low_bits = bytes & ~kHighBits;
  return (low_bits + kOnes * (0x80U - first)) & ~(low_bits + kOnes * (0x7FU - last)) & ~bytes & kHighBits;
}

// The high bits of eight bytes as eight bits.
constexpr unsigned gather_high_bits(std::uint64_t bytes) {
  return static_cast<unsigned>(((bytes & kHighBits) * 0x0002040810204081) >> 56);
}

constexpr std::uint64_t first_bytes(unsigned size) {
  return size >= 8 ? ~std::uint64_t{0} : (std::uint64_t{1} << (8 * size)) - 1;
}

// Eight bytes at a time in a 64-bit register.
inline PlainRun find_run_portably(const char* bytes) {
  unsigned letters = 0;
  PlainRun run;
  std::array<std::uint64_t, 2> lanes{load_lane(bytes), load_lane(bytes + 8)};
  for (unsigned i = 0; i < 2; ++i) {
    const std::uint64_t upper = in_range(lanes[i], 'A', 'Z');
    run.uppers |= gather_high_bits(upper) << (8 * i);
    run.digits |= gather_high_bits(in_range(lanes[i], '0', '9')) << (8 * i);
    lanes[i] |= upper >> 2;  // 0x80 >> 2 is the bit that tells 'a' from 'A'
    letters |= gather_high_bits(in_range(lanes[i], 'a', 'z')) << (8 * i);
  }
  run.size = static_cast<unsigned>(std::countr_one(letters | run.digits));
  run.uppers &= (1U << run.size) - 1;
  run.digits &= (1U << run.size) - 1;
  run.folded.low = lanes[0] & first_bytes(run.size);
  run.folded.high = run.size <= 8 ? 0 : lanes[1] & first_bytes(run.size - 8);
  return run;
}

#ifdef __SSE2__

inline constexpr std::array<unsigned char, 32> kKeepThenDrop = [] {
  std::array<unsigned char, 32> masks{};
  for (std::size_t i = 0; i < 16; ++i) masks[i] = 0xFF;
  return masks;
}();

inline __m128i in_range(__m128i bytes, char first, char last) {
  const __m128i offset = _mm_sub_epi8(bytes, _mm_set1_epi8(first));
  return _mm_cmpeq_epi8(_mm_min_epu8(offset, _mm_set1_epi8(static_cast<char>(last - first))), offset);
}

inline PlainRun find_run(const char* bytes) {
  const __m128i lane = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes));
  const __m128i upper = in_range(lane, 'A', 'Z');
  const __m128i digit = in_range(lane, '0', '9');
  const __m128i folded = _mm_or_si128(lane, _mm_and_si128(upper, _mm_set1_epi8(0x20)));
  const __m128i word = _mm_or_si128(in_range(folded, 'a', 'z'), digit);
  PlainRun run;
  run.size = static_cast<unsigned>(std::countr_one(static_cast<unsigned>(_mm_movemask_epi8(word))));
  run.uppers = static_cast<unsigned>(_mm_movemask_epi8(upper)) & ((1U << run.size) - 1);
  run.digits = static_cast<unsigned>(_mm_movemask_epi8(digit)) & ((1U << run.size) - 1);
  const auto* keep = reinterpret_cast<const __m128i*>(kKeepThenDrop.data() + 16 - run.size);
  const __m128i kept = _mm_and_si128(folded, _mm_loadu_si128(keep));
  run.folded.low = static_cast<std::uint64_t>(_mm_cvtsi128_si64(kept));
  run.folded.high = static_cast<std::uint64_t>(_mm_cvtsi128_si64(_mm_unpackhi_epi64(kept, kept)));
  return run;
}

#else
inline PlainRun find_run(const char* bytes) {
  return find_run_portably(bytes);
}
#endif

}  // namespace plain_word

// True if the first `size` of 16 bytes, all ASCII, are `form` once their capitals are folded. REQUIRES: 16 bytes can be
// read from both.
inline bool short_word_folds_to(const char* bytes, const char* form, unsigned size) {
  const auto difference = [&](unsigned at) {
    const std::uint64_t lane = load_lane(bytes + at);
    return (lane | plain_word::in_range(lane, 'A', 'Z') >> 2) ^ load_lane(form + at);
  };
  const std::uint64_t low = difference(0) & plain_word::first_bytes(size);
  return size <= 8 ? low == 0 : (low | (difference(8) & plain_word::first_bytes(size - 8))) == 0;
}

// REQUIRES: 16 bytes can be read.
inline PlainRun find_plain_run(const char* bytes) {
  return plain_word::find_run(bytes);
}

// What shape_of_word() says of such a word. REQUIRES: 0 < run.size < 16.
inline std::uint16_t shape_of_plain_run(const PlainRun& run) {
  if ((run.uppers | run.digits) == 0) return kLower;
  if (run.uppers == 1 && run.digits == 0) return run.size == 1 ? kInitial | kCapital : kTitle | kCapital;
  const unsigned all = (1U << run.size) - 1;
  const unsigned letters = all & ~run.digits;
  const bool ends_in_digit = (run.digits >> (run.size - 1)) != 0;
  if ((run.digits & 1) != 0) return letters == 0 || (run.uppers == 0 && !ends_in_digit) ? kNumber : kMixed;
  if (run.uppers == 0) return kLower;
  const bool several_letters = (letters & (letters - 1)) != 0;
  if (run.uppers == letters && several_letters && !ends_in_digit) return kUpper | kCapital;
  return (run.uppers & 1) != 0 ? kMixed | kCapital : kMixed;
}

}  // namespace kutip::text
