#pragma once

// Words of ASCII letters and digits, up to 15 bytes: nearly all of the words of most texts. Eight bytes are classified,
// folded and hashed at a time in a 64-bit register (SWAR), without a branch for each byte.

#include <bit>
#include <cstdint>

#include "text/token.h"
#include "text/word_hash.h"

namespace kutip::text {

// The letters and digits that 16 bytes start with.
struct PlainRun {
  WordLanes folded;        // zero behind the run
  WordLanes upper, digit;  // 0x80 in each byte of the run that is one
  std::uint32_t size = 0;  // 16 if it may go on
};

namespace swar {

inline constexpr std::uint64_t kOnes = 0x0101010101010101;
inline constexpr std::uint64_t kHighBits = 0x8080808080808080;

// 0x80 in each byte that lies in [first, last]. REQUIRES: no byte of `lane` has its high bit set.
constexpr std::uint64_t in_range(std::uint64_t lane, unsigned char first, unsigned char last) {
  return (lane + kOnes * (0x80U - first)) & ~(lane + kOnes * (0x7FU - last)) & kHighBits;
}

// All ones in the first `size` bytes.
constexpr std::uint64_t first_bytes(unsigned size) {
  return size >= 8 ? ~std::uint64_t{0} : (std::uint64_t{1} << (8 * size)) - 1;
}

struct Lane {
  std::uint64_t folded, upper, digit, other;  // other: neither letter nor digit

  explicit Lane(std::uint64_t bytes) {
    const std::uint64_t ascii = bytes & ~kHighBits;
    upper = in_range(ascii, 'A', 'Z') & ~bytes;
    digit = in_range(ascii, '0', '9') & ~bytes;
    folded = bytes | (upper >> 2);  // 0x80 >> 2 is the bit that tells 'a' from 'A'
    other = ~(in_range(folded & ~kHighBits, 'a', 'z') | digit) | bytes;
    other &= kHighBits;
  }

  unsigned run() const { return static_cast<unsigned>(std::countr_zero(other)) / 8; }  // 8 if all bytes belong
};

}  // namespace swar

inline PlainRun find_plain_run(WordLanes bytes) {
  const swar::Lane low(bytes.low), high(bytes.high);
  const unsigned in_low = low.run();
  const unsigned in_high = in_low == 8 ? high.run() : 0;
  const std::uint64_t low_mask = swar::first_bytes(in_low), high_mask = swar::first_bytes(in_high);
  PlainRun run;
  run.folded = {low.folded & low_mask, high.folded & high_mask};
  run.upper = {low.upper & low_mask, high.upper & high_mask};
  run.digit = {low.digit & low_mask, high.digit & high_mask};
  run.size = in_low + in_high;
  return run;
}

// What shape_of_word() says of such a word. REQUIRES: 0 < run.size < 16.
inline std::uint16_t shape_of_plain_run(const PlainRun& run) {
  if ((run.upper.low | run.upper.high | run.digit.low | run.digit.high) == 0) return kLower;
  const bool no_digit = (run.digit.low | run.digit.high) == 0;
  if (no_digit && run.size > 1 && run.upper.low == 0x80 && run.upper.high == 0) return kTitle | kCapital;
  const auto count = [](WordLanes flags) {
    return static_cast<unsigned>(std::popcount(flags.low) + std::popcount(flags.high));
  };
  const unsigned uppers = count(run.upper), digits = count(run.digit), letters = run.size - digits;
  const unsigned last = run.size - 1;
  const bool ends_in_digit = (((last < 8 ? run.digit.low : run.digit.high) >> (8 * (last % 8))) & 0x80) != 0;
  if ((run.digit.low & 0x80) != 0) {
    const bool number = letters == 0 || (uppers == 0 && !ends_in_digit);
    return number ? kNumber : kMixed;
  }
  if (uppers == 0) return kLower;
  if (run.size == 1) return kInitial | kCapital;
  if (uppers == letters && letters > 1 && !ends_in_digit) return kUpper | kCapital;
  return (run.upper.low & 0x80) != 0 ? kMixed | kCapital : kMixed;
}

}  // namespace kutip::text
