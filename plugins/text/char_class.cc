#include "text/char_class.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include <atomic>
#include <cstddef>
#include <memory>

namespace kutip::text {
namespace {

constexpr std::array<CharClass, 128> ascii_classes() {
  std::array<CharClass, 128> classes{};
  for (unsigned c = 0; c < 128; ++c) {
    classes[c] = c <= ' ' || c == 127 ? CharClass::kSpace : CharClass::kPunct;
    if (c >= 'a' && c <= 'z') classes[c] = CharClass::kLower;
    if (c >= 'A' && c <= 'Z') classes[c] = CharClass::kUpper;
    if (c >= '0' && c <= '9') classes[c] = CharClass::kDigit;
    if (c >= '\n' && c <= '\r') classes[c] = CharClass::kLineEnd;
  }
  for (const unsigned c : {'"', '`'}) classes[c] = CharClass::kQuoteMark;
  for (const unsigned c : {'(', '[', '{'}) classes[c] = CharClass::kOpenBracket;
  for (const unsigned c : {')', ']', '}'}) classes[c] = CharClass::kCloseBracket;
  for (const unsigned c : {',', '/', ':'}) classes[c] = CharClass::kSeparator;
  for (const unsigned c : {'$', '+', '<', '=', '>', '^', '|', '~'}) classes[c] = CharClass::kSymbol;
  for (const unsigned c : {'?', '!'}) classes[c] = CharClass::kStop;
  classes['\''] = CharClass::kApostrophe;
  classes['-'] = CharClass::kHyphen;
  classes['.'] = CharClass::kFullStop;
  return classes;
}

CharClass class_of_category(UChar32 c) {
  switch (u_charType(c)) {
    case U_LOWERCASE_LETTER:
      return CharClass::kLower;
    case U_UPPERCASE_LETTER:
    case U_TITLECASE_LETTER:
      return CharClass::kUpper;
    case U_MODIFIER_LETTER:
    case U_LETTER_NUMBER:
      return CharClass::kOtherLetter;
    case U_OTHER_LETTER:
      return u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC) ? CharClass::kIdeograph : CharClass::kOtherLetter;
    case U_DECIMAL_DIGIT_NUMBER:
    case U_OTHER_NUMBER:
      return CharClass::kDigit;
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_COMBINING_SPACING_MARK:
      return CharClass::kExtend;
    case U_DASH_PUNCTUATION:
      return CharClass::kDash;
    case U_START_PUNCTUATION:
      return CharClass::kOpenBracket;
    case U_END_PUNCTUATION:
      return CharClass::kCloseBracket;
    case U_CONNECTOR_PUNCTUATION:
    case U_INITIAL_PUNCTUATION:
    case U_FINAL_PUNCTUATION:
    case U_OTHER_PUNCTUATION:
      return CharClass::kPunct;
    case U_CONTROL_CHAR:
    case U_FORMAT_CHAR:
    case U_SPACE_SEPARATOR:
    case U_LINE_SEPARATOR:
    case U_PARAGRAPH_SEPARATOR:
      return CharClass::kSpace;
    default:  // symbols, private use, unassigned
      return u_hasBinaryProperty(c, UCHAR_EXTENDED_PICTOGRAPHIC) ? CharClass::kPictograph : CharClass::kSymbol;
  }
}

CharClass classify(UChar32 c) {
  switch (c) {
    case 0x85:
    case 0x2028:
    case 0x2029:
      return CharClass::kLineEnd;
    case 0xAD:    // soft hyphen
    case 0x200D:  // zero width joiner
      return CharClass::kExtend;
    case 0xB4:
      return CharClass::kQuoteMark;  // acute accent
    case 0x2018:
    case 0x2019:
    case 0x2BC:
      return CharClass::kApostrophe;
    case 0x2010:
    case 0x2011:
      return CharClass::kHyphen;
    case 0x2026:
      return CharClass::kStop;
  }
  if (u_hasBinaryProperty(c, UCHAR_GRAPHEME_EXTEND) || u_hasBinaryProperty(c, UCHAR_EMOJI_MODIFIER) ||
      (c >= 0xE0020 && c <= 0xE007F)) {  // the last are tags, in flags
    return CharClass::kExtend;
  }
  if (u_hasBinaryProperty(c, UCHAR_REGIONAL_INDICATOR)) return CharClass::kRegional;
  if (u_hasBinaryProperty(c, UCHAR_QUOTATION_MARK)) return CharClass::kQuoteMark;
  if (u_hasBinaryProperty(c, UCHAR_S_TERM)) return CharClass::kStop;
  if (u_hasBinaryProperty(c, UCHAR_PREPENDED_CONCATENATION_MARK)) return CharClass::kOtherLetter;
  return class_of_category(c);
}

bool may_change(UChar32 c) {
  return u_getIntPropertyValue(c, UCHAR_NFC_QUICK_CHECK) != UNORM_YES || u_getCombiningClass(c) != 0 ||
         u_hasBinaryProperty(c, UCHAR_CHANGES_WHEN_CASEFOLDED);
}

// What is known of a code point: its CharClass, and kChanges beside it.
using Value = std::uint8_t;
constexpr Value kChanges = 0x80;

// Values of 256 code points in a row. A text uses few of the 4,352 pages, so each is made when it is first asked for
// (some 30 microseconds, where a table of all code points would take as many milliseconds at every start).
using Page = std::array<Value, 256>;
constinit std::array<std::atomic<const Page*>, 0x1100> pages{};

const Page* make_page(std::size_t number) {
  auto made = std::make_unique<Page>();
  for (std::size_t i = 0; i < made->size(); ++i) {
    const auto c = static_cast<UChar32>(number * made->size() + i);
    (*made)[i] = static_cast<Value>(static_cast<unsigned>(classify(c)) | (may_change(c) ? kChanges : 0U));
  }
  const Page* first = nullptr;
  if (!pages[number].compare_exchange_strong(first, made.get())) return first;  // another thread was faster
  return made.release();                                                        // for the life of the process
}

Value value_of(char32_t code_point) {
  const Page* page = pages[code_point >> 8].load(std::memory_order_acquire);
  if (page == nullptr) page = make_page(code_point >> 8);
  return (*page)[code_point & 0xFF];
}

}  // namespace

constinit const std::array<CharClass, 128> kAsciiClasses = ascii_classes();

CharClass class_of(char32_t code_point) {
  if (code_point < 128) return kAsciiClasses[code_point];
  return static_cast<CharClass>(value_of(code_point) & ~kChanges);
}

bool is_normal(char32_t code_point) {
  return (value_of(code_point) & kChanges) == 0;
}

}  // namespace kutip::text
