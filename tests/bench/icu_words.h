#pragma once

#include <unicode/ubrk.h>
#include <unicode/ustring.h>

#include <cstdlib>
#include <string_view>
#include <vector>

namespace kutip::bench {

// ICU's own word-break iteration over UTF-8 text: converts to UTF-16 and visits every boundary. The yardstick.
class IcuWords {
 public:
  IcuWords() {
    UErrorCode status = U_ZERO_ERROR;
    iterator_ = ubrk_open(UBRK_WORD, "id", nullptr, 0, &status);
    if (U_FAILURE(status)) std::abort();
  }
  ~IcuWords() { ubrk_close(iterator_); }
  IcuWords(const IcuWords&) = delete;
  IcuWords& operator=(const IcuWords&) = delete;

  std::size_t count(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    utf16_.resize(text.size() + 1);
    std::int32_t length = 0;
    u_strFromUTF8(utf16_.data(), static_cast<std::int32_t>(utf16_.size()), &length, text.data(),
                  static_cast<std::int32_t>(text.size()), &status);
    ubrk_setText(iterator_, utf16_.data(), length, &status);
    std::size_t boundaries = 0;
    while (ubrk_next(iterator_) != UBRK_DONE) ++boundaries;
    return boundaries;
  }

 private:
  UBreakIterator* iterator_ = nullptr;
  std::vector<UChar> utf16_;
};

}  // namespace kutip::bench
