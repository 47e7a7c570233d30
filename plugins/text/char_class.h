#pragma once

#include <array>
#include <cstdint>

namespace kutip::text {

// What a code point is to the tokenizer.
enum class CharClass : std::uint8_t {
  kSpace,    // white space that ends no line, controls, format characters that do not join
  kLineEnd,  // LF, CR, VT, FF, U+0085, U+2028, U+2029
  kLower,
  kUpper,        // and title case
  kOtherLetter,  // without case
  kDigit,
  kIdeograph,   // a word of its own
  kExtend,      // stays with what precedes it: combining marks, joiners, variation selectors, skin tones, soft hyphen
  kApostrophe,  // may stand inside a word, or be a quote mark
  kHyphen,
  kFullStop,   // ASCII
  kSeparator,  // , / : that may stand inside a number
  kStop,       // any other mark that ends a sentence
  kQuoteMark,  // any other quote mark
  kOpenBracket,
  kCloseBracket,
  kDash,
  kPunct,  // any other punctuation
  kSymbol,
  kPictograph,  // emoji
  kRegional,    // half of a flag
};

constexpr bool is_letter(CharClass c) {
  return c == CharClass::kLower || c == CharClass::kUpper || c == CharClass::kOtherLetter;
}
constexpr bool is_word_start(CharClass c) {
  return is_letter(c) || c == CharClass::kDigit;
}
constexpr bool is_white(CharClass c) {
  return c == CharClass::kSpace || c == CharClass::kLineEnd;
}

// Classes of ASCII.
extern const std::array<CharClass, 128> kAsciiClasses;

// Class of any code point. O(1). From ICU's properties, remembered page by page; thread-safe.
CharClass class_of(char32_t code_point);

// True if a word's normal form is the word itself as far as this code point (above ASCII) is concerned: full case
// folding keeps it, and so does NFC in any surroundings.
bool is_normal(char32_t code_point);

}  // namespace kutip::text
