#pragma once

#include <cstdint>

#include "text/span.h"
#include "text/vocabulary.h"

namespace kutip::text {

// Shapes of a token as bits; exactly one of the first eight is set. Digits behind a hyphen do not count (Covid-19 is
// title), and letters without case count as lower case.
enum Shape : std::uint16_t {
  kLower = 1 << 0,
  kTitle = 1 << 1,   // a capital, then small letters; parts behind a hyphen, full stop or apostrophe may be all small
  kUpper = 1 << 2,   // two letters or more, all capitals; digits may stand among them but not at an end
  kMixed = 1 << 3,   // any other word with a letter
  kNumber = 1 << 4,  // starts with a digit, has no letter or ends in lower-case letters (3rd)
  kPunct = 1 << 5,
  kSymbol = 1 << 6,
  kInitial = 1 << 7,  // a lone capital, or capitals each with its full stop
  kCapital = 1 << 8,  // beside one of title, upper, mixed, initial: the first letter is a capital
};

struct Token {
  Span span;
  WordId word = kUnknownWord;  // of the normal form, in the grammar's vocabulary
  std::uint16_t shape = 0;
  std::uint16_t length = 0;  // code points, at most 65535
  std::uint64_t hash = 0;    // hash_word() of the normal form
};

}  // namespace kutip::text
