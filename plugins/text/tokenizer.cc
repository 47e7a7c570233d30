#include "text/tokenizer.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "text/char_at.h"
#include "text/document.h"
#include "text/normal_form.h"
#include "text/plain_word.h"
#include "text/word_end.h"
#include "text/word_shape.h"

namespace kutip::text {
namespace {

bool is_plain(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x80 && is_word_start(kAsciiClasses[byte]);
  });
}

// Goes through a text once, from token to token.
class Tokenizer {
 public:
  Tokenizer(std::string_view text, const TextRules& rules, Extent extent, std::string& scratch, TokenStream& out)
      : text_(text), rules_(rules), extent_(extent), scratch_(scratch), out_(out) {
    suffixes_may_be_plain_ = std::any_of(rules.split_suffixes.begin(), rules.split_suffixes.end(), is_plain);
  }

  bool run(Cancellation& cancellation) {
    while (skip_white()) {
      if (cancellation.sometimes()) return false;
      const CharAt c = char_at(text_, at_);
      if (!is_word_start(c.char_class)) {
        take_mark(c);
      } else if (!take_plain_word()) {
        take_word();
      }
    }
    return true;
  }

 private:
  // Moves to the next character that is no white space; false at the end of the text.
  bool skip_white() {
    if (at_ < text_.size() && text_[at_] == ' ') ++at_;
    unsigned line_ends = 0;
    while (at_ < text_.size()) {
      const CharAt c = char_at(text_, at_);
      if (!is_white(c.char_class)) break;
      if (c.char_class == CharClass::kLineEnd) line_ends += lines_ended_at(c);
      at_ += c.size;
    }
    if (at_ == text_.size()) return false;
    if (line_ends != 0 && !out_.tokens.empty()) {
      out_.line_ends.push_back({static_cast<std::uint32_t>(out_.tokens.size()), line_ends > 1});
    }
    return true;
  }

  // CR LF count once, a paragraph separator twice: it does what a blank line does.
  unsigned lines_ended_at(CharAt c) const {
    if (c.size == 1) return text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n' ? 0 : 1;
    return code_point_at(text_, at_).value == 0x2029 ? 2 : 1;
  }

  // Takes a word of ASCII letters and digits without a look at single bytes. Leaves alone, returning false, what may be
  // anything else.
  bool take_plain_word() {
    const PlainRun run = plain_run_here();
    if (run.size == 16 || suffixes_may_be_plain_ || may_go_on(run)) return false;
    push({at_, at_ + run.size}, shape_of_plain_run(run), run.size, hash_short_word(run.folded, run.size));
    return true;
  }

  PlainRun plain_run_here() const {
    const std::size_t left = text_.size() - at_;
    if (left >= 16) return find_plain_run(text_.data() + at_);
    std::array<char, 16> padded{};
    std::memcpy(padded.data(), text_.data() + at_, left);
    return find_plain_run(padded.data());
  }

  bool may_go_on(const PlainRun& run) const {
    const std::uint32_t end = at_ + run.size;
    if (end == text_.size()) return false;
    const auto joint = static_cast<unsigned char>(text_[end]);
    if (joint >= 0x80) return joins_word(char_at(text_, end).char_class);
    switch (kAsciiClasses[joint]) {
      case CharClass::kFullStop:
        if (run.size == 1) return true;  // an initial
        [[fallthrough]];
      case CharClass::kApostrophe:
      case CharClass::kHyphen:
        return is_word_start(char_at(text_, end + 1).char_class);
      case CharClass::kSeparator:
        return (run.digits >> (run.size - 1)) != 0 && is_word_start(char_at(text_, end + 1).char_class);
      default:
        return false;
    }
  }

  static bool joins_word(CharClass c) {
    return is_word_start(c) || c == CharClass::kExtend || c == CharClass::kApostrophe || c == CharClass::kHyphen;
  }

  void take_word() {
    const std::uint32_t begin = at_;
    const WordEnd end = find_word_end(text_, begin);
    if (end.hyphenated) return push_hyphenated({begin, end.offset});
    const bool initial = is_initial_stop(text_, begin, end.offset, extent_ == Extent::kFragment);
    push_word_and_suffix({begin, end.offset + (initial ? 1 : 0)});
  }

  void push_hyphenated(Span span) {
    const std::string_view word = text_.substr(span.begin, span.size());
    std::uint32_t begin = 0;
    while (true) {
      const std::uint32_t hyphen = find_separating_hyphen(word, begin);
      push_word_and_suffix({span.begin + begin, span.begin + hyphen});
      if (hyphen == word.size()) return;
      begin = hyphen + char_at(word, hyphen).size;
      push_mark({span.begin + hyphen, span.begin + begin}, kPunct);
    }
  }

  void push_word_and_suffix(Span span) {
    const std::string_view word = text_.substr(span.begin, span.size());
    for (const std::string& suffix : rules_.split_suffixes) {
      if (suffix.empty() || suffix.size() >= word.size() || !word.ends_with(suffix)) continue;
      const std::uint32_t cut = span.end - static_cast<std::uint32_t>(suffix.size());
      push_word({span.begin, cut});
      return push_word({cut, span.end});
    }
    push_word(span);
  }

  void push_word(Span span) {
    const std::string_view word = text_.substr(span.begin, span.size());
    push_normalized(span, shape_of_word(word));
  }

  // Takes anything that is no word.
  void take_mark(CharAt c) {
    const std::uint32_t begin = at_;
    const auto index = static_cast<std::uint32_t>(out_.tokens.size());
    std::uint32_t end = begin + c.size;
    std::uint16_t shape = kPunct;
    switch (c.char_class) {
      case CharClass::kApostrophe:
      case CharClass::kQuoteMark:
        if (may_double(begin) && repeats(begin, c.size)) end += c.size;
        out_.quote_marks.push_back(index);
        break;
      case CharClass::kOpenBracket:
      case CharClass::kCloseBracket:
        out_.brackets.push_back(index);
        break;
      case CharClass::kFullStop:
      case CharClass::kStop:
        end = skip_repeats(begin, c.size);
        out_.stops.push_back(index);
        break;
      case CharClass::kSymbol:
      case CharClass::kExtend:
        shape = kSymbol;
        break;
      case CharClass::kPictograph:
        end = skip_emoji(end);
        shape = kSymbol;
        break;
      case CharClass::kRegional:
        if (char_at(text_, end).char_class == CharClass::kRegional) end += c.size;
        shape = kSymbol;
        break;
      case CharClass::kIdeograph:
        shape = kLower;
        break;
      default:
        end = skip_repeats(begin, c.size);
    }
    push_mark({begin, skip_all(text_, end, CharClass::kExtend)}, shape);
  }

  // Two of these are one mark: ''
  bool may_double(std::uint32_t offset) const {
    const char32_t c = code_point_at(text_, offset).value;
    return c == '\'' || c == '`' || c == 0x2018 || c == 0x2019;
  }

  // True if the character of `size` bytes at `offset` stands there again.
  bool repeats(std::uint32_t offset, std::uint32_t size) const {
    return text_.substr(offset, size) == text_.substr(offset + size, size);
  }

  std::uint32_t skip_repeats(std::uint32_t offset, std::uint32_t size) const {
    while (repeats(offset, size)) offset += size;
    return offset + size;
  }

  // The end of an emoji sequence whose first pictograph ends at `offset`: pictographs joined by U+200D (rule GB11 of
  // Unicode Standard Annex #29).
  std::uint32_t skip_emoji(std::uint32_t offset) const {
    while (true) {
      const std::uint32_t end = skip_all(text_, offset, CharClass::kExtend);
      if (end == offset || code_point_before(text_, end).value != 0x200D) return end;
      const CharAt next = char_at(text_, end);
      if (next.char_class != CharClass::kPictograph) return end;
      offset = end + next.size;
    }
  }

  void push_mark(Span span, std::uint16_t shape) {
    if (span.size() == 1) {
      const auto byte = static_cast<unsigned char>(text_[span.begin]);
      return push(span, shape, 1, hash_short_word({byte, 0}, 1));
    }
    push_normalized(span, shape);
  }

  void push_normalized(Span span, std::uint16_t shape) {
    const std::string_view token = text_.substr(span.begin, span.size());
    scratch_.clear();
    append_normal_form(token, scratch_);
    const std::size_t length = std::min<std::size_t>(count_code_points(token), 0xFFFF);
    push(span, shape, static_cast<std::uint32_t>(length), hash_word(scratch_));
  }

  void push(Span span, std::uint16_t shape, std::uint32_t length, std::uint64_t hash) {
    out_.tokens.push_back({span, kUnknownWord, shape, static_cast<std::uint16_t>(length), hash});
    at_ = span.end;
  }

  std::string_view text_;
  const TextRules& rules_;
  Extent extent_;
  std::string& scratch_;
  TokenStream& out_;
  std::uint32_t at_ = 0;  // byte of text_
  bool suffixes_may_be_plain_ = false;
};

}  // namespace

bool tokenize(std::string_view text, const TextRules& rules, Extent extent, std::string& scratch,
              Cancellation& cancellation, TokenStream& out) {
  out.clear();
  return Tokenizer(text, rules, extent, scratch, out).run(cancellation);
}

}  // namespace kutip::text
