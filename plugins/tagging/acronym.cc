#include "tagging/acronym.h"

#include <cstddef>

#include "text/normal_form.h"
#include "text/utf8.h"

namespace kutip::tagging {
namespace {

bool counts(char32_t c) {
  return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
}

// Moves `at` behind the next letter or digit of `folded` and returns it; 0 at the end.
char32_t next_letter(std::string_view folded, std::size_t& at) {
  while (at < folded.size()) {
    const text::CodePoint point = text::code_point_at(folded, at);
    at += point.size;
    if (counts(point.value)) return point.value;
  }
  return 0;
}

}  // namespace

bool is_acronym_of(std::string_view short_form, std::string_view long_form) {
  const std::string letters = text::normal_form(short_form), words = text::normal_form(long_form);
  std::size_t letter_at = 0, word_at = 0;
  char32_t wanted = next_letter(letters, letter_at);
  if (wanted == 0 || next_letter(words, word_at) != wanted) return false;
  while ((wanted = next_letter(letters, letter_at)) != 0) {
    char32_t found = 0;
    do found = next_letter(words, word_at);
    while (found != 0 && found != wanted);
    if (found == 0) return false;
  }
  return true;
}

}  // namespace kutip::tagging
