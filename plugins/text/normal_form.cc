#include "text/normal_form.h"

#include <unicode/casemap.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

namespace kutip::text {
namespace {

void append_unicode(std::string_view word, std::string& out) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
  icu::UnicodeString text =
      icu::UnicodeString::fromUTF8(icu::StringPiece(word.data(), static_cast<std::int32_t>(word.size())));
  text = nfc->normalize(text, status);
  text.foldCase();
  text = nfc->normalize(text, status);
  text.findAndReplace(icu::UnicodeString(static_cast<UChar32>(0x2019)), icu::UnicodeString(u'\''));
  text.findAndReplace(icu::UnicodeString(static_cast<UChar32>(0x02BC)), icu::UnicodeString(u'\''));
  text.toUTF8String(out);
}

}  // namespace

void append_normal_form(std::string_view word, std::string& out) {
  const std::size_t begin = out.size();
  for (const char c : word) {
    if (static_cast<unsigned char>(c) >= 0x80) {
      out.resize(begin);
      append_unicode(word, out);
      return;
    }
    out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
}

std::string normal_form(std::string_view word) {
  std::string out;
  append_normal_form(word, out);
  return out;
}

}  // namespace kutip::text
