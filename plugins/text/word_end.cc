#include "text/word_end.h"

#include "text/char_at.h"

namespace kutip::text {
namespace {

// A number or letters in lower case, three or more, then a full stop, a capital and a lower-case letter: a missing
// space, not a name like Ph.D or Kompas.com.
constexpr std::uint32_t kLettersBeforeMissingSpace = 3;

struct WordSoFar {
  CharClass last = CharClass::kSpace;  // of the last letter or digit
  std::uint32_t letters = 0;           // since the last joint other than an apostrophe
};

bool starts_sentence(std::string_view text, std::uint32_t offset, CharAt first, const WordSoFar& before) {
  const bool behind_word = before.last == CharClass::kLower && before.letters >= kLettersBeforeMissingSpace;
  return (behind_word || before.last == CharClass::kDigit) && first.char_class == CharClass::kUpper &&
         char_at(text, offset + first.size).char_class == CharClass::kLower;
}

// True if the character `c`, behind a letter or digit, joins it to what stands at `next_offset`.
bool joins(std::string_view text, CharAt c, std::uint32_t next_offset, const WordSoFar& before) {
  const CharAt next = char_at(text, next_offset);
  switch (c.char_class) {
    case CharClass::kApostrophe:
      return is_letter(next.char_class);
    case CharClass::kHyphen:
      return is_word_start(next.char_class);
    case CharClass::kFullStop:
      return is_word_start(next.char_class) && !starts_sentence(text, next_offset, next, before);
    case CharClass::kSeparator:
      return before.last == CharClass::kDigit && next.char_class == CharClass::kDigit;
    default:
      return false;
  }
}

// A capital, or capitals with full stops between.
bool are_initials(std::string_view word) {
  bool capital_wanted = true;
  for (std::size_t i = 0; i < word.size();) {
    const CharAt c = char_at(word, i);
    if (c.char_class != CharClass::kExtend) {
      if (c.char_class != (capital_wanted ? CharClass::kUpper : CharClass::kFullStop)) return false;
      capital_wanted = !capital_wanted;
    }
    i += c.size;
  }
  return !capital_wanted;
}

struct Part {
  std::uint32_t end = 0;
  bool is_name = false;  // capitalised, three or more letters
};

Part part_at(std::string_view word, std::uint32_t begin) {
  std::uint32_t end = begin, letters = 0;
  while (end < word.size()) {
    const CharAt c = char_at(word, end);
    if (c.char_class == CharClass::kHyphen) break;
    letters += is_letter(c.char_class);
    end += c.size;
  }
  return {end, letters >= 3 && char_at(word, begin).char_class == CharClass::kUpper};
}

}  // namespace

WordEnd find_word_end(std::string_view text, std::uint32_t begin) {
  WordSoFar word;
  WordEnd end{begin, false};
  while (end.offset < text.size()) {
    const CharAt c = char_at(text, end.offset);
    if (is_word_start(c.char_class)) {
      word.last = c.char_class;
      word.letters += is_letter(c.char_class);
    } else if (c.char_class != CharClass::kExtend) {
      if (!joins(text, c, end.offset + c.size, word)) break;
      if (c.char_class != CharClass::kApostrophe) word.letters = 0;
      end.hyphenated = end.hyphenated || c.char_class == CharClass::kHyphen;
    }
    end.offset += c.size;
  }
  return end;
}

bool is_initial_stop(std::string_view text, std::uint32_t begin, std::uint32_t stop, bool at_text_end) {
  if (char_at(text, stop).char_class != CharClass::kFullStop) return false;
  if (char_at(text, begin).char_class != CharClass::kUpper) return false;  // most words: do not read them again
  const std::string_view word = text.substr(begin, stop - begin);
  if (!are_initials(word)) return false;
  const CharAt next = char_at(text, stop + 1);
  if (next.char_class == CharClass::kFullStop) return false;  // an ellipsis
  if (word.find('.') != std::string_view::npos) return true;
  if (next.char_class == CharClass::kSeparator || next.char_class == CharClass::kHyphen) return true;
  const std::uint32_t follower = skip_all(text, stop + 1, CharClass::kSpace);
  if (follower >= text.size()) return at_text_end;
  return is_letter(char_at(text, follower).char_class);
}

std::uint32_t find_separating_hyphen(std::string_view word, std::uint32_t from) {
  Part left = part_at(word, from);
  while (left.end < word.size()) {
    const std::uint32_t next = left.end + char_at(word, left.end).size;
    const Part right = part_at(word, next);
    if (left.is_name && right.is_name && word.substr(from, left.end - from) != word.substr(next, right.end - next)) {
      return left.end;
    }
    from = next;
    left = right;
  }
  return static_cast<std::uint32_t>(word.size());
}

}  // namespace kutip::text
