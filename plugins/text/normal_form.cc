#include "text/normal_form.h"

#include <unicode/bytestream.h>
#include <unicode/casemap.h>
#include <unicode/normalizer2.h>
#include <unicode/stringoptions.h>

#include <cstdint>
#include <new>

#include "text/char_class.h"
#include "text/utf8.h"

namespace kutip::text {
namespace {

void check(UErrorCode status) {
  if (U_FAILURE(status)) throw std::bad_alloc();  // ICU fails here only for want of memory
}

constexpr char32_t kSoftHyphen = 0xAD;

bool is_apostrophe(char32_t c) {
  return c == 0x2018 || c == 0x2019 || c == 0x2BC;
}
bool is_hyphen(char32_t c) {
  return c == 0x2010 || c == 0x2011;
}

bool is_ascii(std::string_view word) {
  unsigned char all = 0;
  for (const char c : word) all |= static_cast<unsigned char>(c);
  return all < 0x80;
}

void append_folded_ascii(std::string_view word, std::string& out) {
  for (const char c : word) out.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c);
}

// True if ICU has nothing to do.
bool is_normal_but_for_spelling(std::string_view word) {
  for (std::size_t i = 0; i < word.size();) {
    const CodePoint c = code_point_at(word, i);
    if (c.value >= 128 && !is_normal(c.value) && !is_apostrophe(c.value) && !is_hyphen(c.value)) return false;
    i += c.size;
  }
  return true;
}

// Appends `word` with one spelling of apostrophes and of hyphens, without soft hyphens, ASCII capitals folded.
void append_unified(std::string_view word, std::string& out) {
  for (std::size_t i = 0; i < word.size();) {
    const CodePoint c = code_point_at(word, i);
    if (c.value >= 'A' && c.value <= 'Z') {
      out.push_back(static_cast<char>(c.value + ('a' - 'A')));
    } else if (is_apostrophe(c.value)) {
      out.push_back('\'');
    } else if (is_hyphen(c.value)) {
      out.push_back('-');
    } else if (c.value != kSoftHyphen) {
      out.append(word, i, c.size);
    }
    i += c.size;
  }
}

std::string to_nfc(const std::string& word) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
  check(status);
  std::string result;
  icu::StringByteSink<std::string> sink(&result, static_cast<std::int32_t>(word.size()));
  nfc->normalizeUTF8(0, word, sink, nullptr, status);
  check(status);
  return result;
}

std::string fold(const std::string& word) {
  UErrorCode status = U_ZERO_ERROR;
  std::string result;
  icu::StringByteSink<std::string> sink(&result, static_cast<std::int32_t>(word.size()));
  icu::CaseMap::utf8Fold(U_FOLD_CASE_DEFAULT, word, sink, nullptr, status);
  check(status);
  return result;
}

}  // namespace

void append_normal_form(std::string_view word, std::string& out) {
  if (is_ascii(word)) return append_folded_ascii(word, out);
  if (is_normal_but_for_spelling(word)) return append_unified(word, out);
  // The soft hyphen goes first, lest it keeps a letter from its mark.
  std::string unified;
  append_unified(word, unified);
  append_unified(to_nfc(fold(to_nfc(unified))), out);
}

std::string normal_form(std::string_view word) {
  std::string form;
  append_normal_form(word, form);
  return form;
}

}  // namespace kutip::text
