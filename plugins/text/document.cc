#include "text/document.h"

#include <unicode/uchar.h>

#include <algorithm>

#include "text/normal_form.h"
#include "text/utf8.h"

namespace kutip::text {
namespace {

enum class Class { kSpace, kUpper, kLower, kOtherLetter, kDigit, kMark, kApostrophe, kPunct, kSymbol };

Class class_of(char32_t c) {
  if (c == '\'' || c == 0x2019 || c == 0x02BC) return Class::kApostrophe;
  if (c < 0x80) {
    if (c >= 'a' && c <= 'z') return Class::kLower;
    if (c >= 'A' && c <= 'Z') return Class::kUpper;
    if (c >= '0' && c <= '9') return Class::kDigit;
    if (c <= ' ' || c == 0x7F) return Class::kSpace;
    return c == '$' || c == '+' || c == '<' || c == '=' || c == '>' || c == '^' || c == '`' || c == '|' || c == '~'
               ? Class::kSymbol
               : Class::kPunct;
  }
  if (c == 0xFEFF || c == 0x200B) return Class::kSpace;
  if (c == 0x200D || (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0x1F3FB && c <= 0x1F3FF)) return Class::kMark;
  const auto code = static_cast<UChar32>(c);
  if (u_isUWhiteSpace(code)) return Class::kSpace;
  switch (u_charType(code)) {
    case U_UPPERCASE_LETTER:
    case U_TITLECASE_LETTER:
      return Class::kUpper;
    case U_LOWERCASE_LETTER:
      return Class::kLower;
    case U_MODIFIER_LETTER:
    case U_OTHER_LETTER:
      return Class::kOtherLetter;
    case U_DECIMAL_DIGIT_NUMBER:
    case U_LETTER_NUMBER:
    case U_OTHER_NUMBER:
      return Class::kDigit;
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_COMBINING_SPACING_MARK:
    case U_FORMAT_CHAR:
      return Class::kMark;
    case U_CONTROL_CHAR:
      return Class::kSpace;
    case U_DASH_PUNCTUATION:
    case U_START_PUNCTUATION:
    case U_END_PUNCTUATION:
    case U_CONNECTOR_PUNCTUATION:
    case U_OTHER_PUNCTUATION:
    case U_INITIAL_PUNCTUATION:
    case U_FINAL_PUNCTUATION:
      return Class::kPunct;
    default:
      return Class::kSymbol;
  }
}

bool is_letter(Class c) {
  return c == Class::kUpper || c == Class::kLower || c == Class::kOtherLetter;
}
bool is_word(Class c) {
  return is_letter(c) || c == Class::kDigit;
}

struct Cursor {
  std::string_view text;
  std::size_t at;
  bool end() const { return at >= text.size(); }
  CodePoint here() const { return code_point_at(text, at); }
  Class cls() const { return end() ? Class::kSpace : class_of(here().value); }
};

// End of the run of letters, digits and marks that starts at `at`.
std::size_t word_run(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    const CodePoint c = code_point_at(text, at);
    const Class k = class_of(c.value);
    if (!is_word(k) && k != Class::kMark && c.value != '_') break;
    at += c.size;
  }
  return at;
}

bool same_letters(std::string_view a, std::string_view b) {
  return normal_form(a) == normal_form(b);
}

bool hyphen_joins(std::string_view left, std::string_view right) {
  const Class l = class_of(code_point_at(left, 0).value), r = class_of(code_point_at(right, 0).value);
  if (l != Class::kUpper || r != Class::kUpper) return true;
  if (count_code_points(left) < 3 || count_code_points(right) < 3) return true;
  return same_letters(left, right);
}

std::size_t word_end(std::string_view text, std::size_t begin) {
  std::size_t part = begin;
  std::size_t end = word_run(text, begin);
  while (end < text.size()) {
    const CodePoint joiner = code_point_at(text, end);
    const std::size_t next = end + joiner.size;
    if (next >= text.size()) break;
    const Class after = class_of(code_point_at(text, next).value);
    const Class before = class_of(code_point_before(text, end).value);
    bool joins = false;
    if (class_of(joiner.value) == Class::kApostrophe) joins = is_letter(after) && is_letter(before);
    if (joiner.value == '.' || joiner.value == ',' || joiner.value == ':' || joiner.value == '/')
      joins = before == Class::kDigit && after == Class::kDigit;
    if (joiner.value == '.' && is_letter(after) && is_letter(before)) joins = true;
    if (joiner.value == '-' && is_word(after))
      joins = hyphen_joins(text.substr(part, end - part), text.substr(next, word_run(text, next) - next));
    if (!joins) break;
    if (joiner.value == '-') part = next;
    end = word_run(text, next);
  }
  return end;
}

std::uint16_t word_shape(std::string_view word) {
  std::size_t upper = 0, lower = 0, digits = 0, letters = 0, dots = 0;
  bool first_upper = false, first_digit = false, after_break = true, inner_lower_start = false;
  bool title = true;
  for (std::size_t i = 0; i < word.size();) {
    const CodePoint c = code_point_at(word, i);
    const Class k = class_of(c.value);
    if (i == 0) {
      first_upper = k == Class::kUpper;
      first_digit = k == Class::kDigit;
    }
    if (k == Class::kUpper) {
      ++upper, ++letters;
      if (!after_break) title = false;
    } else if (is_letter(k)) {
      ++lower, ++letters;
      if (after_break && i != 0) inner_lower_start = true;
    } else if (k == Class::kDigit) {
      ++digits;
    } else if (c.value == '.') {
      ++dots;
    }
    after_break = c.value == '-' || k == Class::kApostrophe;
    i += c.size;
  }
  if (letters == 0 || (first_digit && upper == 0)) return kNumber;
  if (upper == 0) return kLower;
  const std::uint16_t capital = first_upper ? kCapital : 0;
  if (lower == 0 && (letters == 1 || (dots != 0 && dots + 1 >= letters)) && digits == 0) return kInitial | kCapital;
  if (lower == 0) return static_cast<std::uint16_t>(kUpper | capital);
  if (first_upper && title && !inner_lower_start && dots == 0) return kTitle | kCapital;
  return static_cast<std::uint16_t>(kMixed | capital);
}

class Cutter {
 public:
  Cutter(std::string_view text, const TextRules& rules, std::vector<Token>& tokens)
      : text_(text), rules_(rules), tokens_(tokens) {}

  void run() {
    std::size_t at = 0;
    while (at < text_.size()) {
      const CodePoint c = code_point_at(text_, at);
      const Class k = class_of(c.value);
      if (k == Class::kSpace) {
        at += c.size;
      } else if (is_word(k) || k == Class::kMark) {
        at = word(at);
      } else {
        at = other(at, c, k);
      }
    }
  }

 private:
  void add(std::size_t begin, std::size_t end, std::uint16_t shape) {
    Token token;
    token.span = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
    token.shape = shape;
    token.length =
        static_cast<std::uint16_t>(std::min<std::size_t>(count_code_points(text_.substr(begin, end - begin)), 65535));
    tokens_.push_back(token);
  }

  std::size_t word(std::size_t begin) {
    std::size_t end = word_end(text_, begin);
    for (const auto& suffix : rules_.split_suffixes) {
      const auto token = text_.substr(begin, end - begin);
      if (token.size() > suffix.size() && token.ends_with(suffix)) {
        add(begin, end - suffix.size(), word_shape(text_.substr(begin, end - begin - suffix.size())));
        add(end - suffix.size(), end, kLower);
        return end;
      }
    }
    const std::uint16_t shape = word_shape(text_.substr(begin, end - begin));
    if ((shape & kInitial) != 0 && end < text_.size() && text_[end] == '.' && end + 1 < text_.size() &&
        text_[end + 1] != '\n' && text_[end + 1] != '\r')
      ++end;
    add(begin, end, shape);
    return end;
  }

  std::size_t other(std::size_t begin, CodePoint c, Class k) {
    std::size_t end = begin + c.size;
    const bool punct = k == Class::kPunct || k == Class::kApostrophe;
    while (end < text_.size()) {
      const CodePoint next = code_point_at(text_, end);
      const bool run = punct && next.value == c.value && (c.value == '.' || c.value == '-' || c.value == '\'');
      if (!run && class_of(next.value) != Class::kMark) break;
      end += next.size;
    }
    add(begin, end, punct ? kPunct : kSymbol);
    return end;
  }

  std::string_view text_;
  const TextRules& rules_;
  std::vector<Token>& tokens_;
};

bool is_mark(std::string_view t) {
  return t == "\"" || t == "“" || t == "”" || t == "„" || t == "«" || t == "»" || t == "‘" || t == "’" || t == "‚" ||
         t == "'" || t == "''" || t == "‹" || t == "›";
}
bool is_single(std::string_view t) {
  return t == "‘" || t == "’" || t == "‚" || t == "'" || t == "‹" || t == "›";
}
bool is_terminator(std::string_view t) {
  return t == "." || t == "?" || t == "!" || t == "…" || t.starts_with("..");
}

}  // namespace

void Document::analyze(std::string_view text, const TextRules& rules, const Vocabulary& vocabulary) {
  text_ = text;
  tokens_.clear();
  sentences_.clear();
  paragraphs_.clear();
  sentence_of_.clear();
  paragraph_of_sentence_.clear();
  quoted_.clear();
  quoted_parts_.clear();
  unclosed_marks_.clear();
  Cutter(text, rules, tokens_).run();
  for (Token& token : tokens_) {
    scratch_.clear();
    append_normal_form(this->text(token), scratch_);
    token.hash = hash_word(scratch_);
    token.word = vocabulary.find(scratch_, token.hash);
  }
  const auto n = static_cast<std::uint32_t>(tokens_.size());
  // paragraphs as token ranges: any line end between tokens
  std::vector<TokenRange> lines;
  for (std::uint32_t i = 0; i < n; ++i) {
    const bool starts =
        i == 0 ||
        text.substr(tokens_[i - 1].span.end, tokens_[i].span.begin - tokens_[i - 1].span.end).find_first_of("\n\r") !=
            std::string_view::npos;
    if (starts) lines.push_back({i, i});
    lines.back().end = i + 1;
  }
  std::vector<std::int32_t> close_of(n, -1);
  for (const TokenRange line : lines) {
    std::int64_t open = -1;
    for (std::uint32_t i = line.begin; i < line.end; ++i) {
      const auto t = this->text(tokens_[i]);
      if (!is_mark(t) || is_single(t)) continue;
      if (open < 0) {
        const bool can_open = i + 1 < line.end && tokens_[i].span.end == tokens_[i + 1].span.begin;
        if (can_open) open = i;
      } else {
        close_of[static_cast<std::size_t>(open)] = static_cast<std::int32_t>(i);
        open = -1;
      }
    }
    if (open >= 0) {
      unclosed_marks_.push_back(tokens_[static_cast<std::size_t>(open)].span);
      close_of[static_cast<std::size_t>(open)] = static_cast<std::int32_t>(line.end);
    }
    for (std::uint32_t i = line.begin; i < line.end; ++i) {
      if (close_of[i] < 0) continue;
      const auto close = static_cast<std::uint32_t>(close_of[i]);
      QuotedSpan span;
      span.closed = close < line.end;
      span.range = {i, span.closed ? close + 1 : line.end};
      span.inner = {i + 1, span.closed ? close : line.end};
      if (span.inner.empty()) continue;
      span.first_part = static_cast<std::uint32_t>(quoted_parts_.size());
      quoted_parts_.push_back(span.range);
      quoted_.push_back(span);
    }
  }
  std::size_t q = 0;
  for (const TokenRange line : lines) {
    TokenRange paragraph{static_cast<std::uint32_t>(sentences_.size()), 0};
    paragraphs_.push_back(line);
    std::uint32_t begin = line.begin;
    for (std::uint32_t i = line.begin; i < line.end; ++i) {
      bool ends = false;
      std::uint32_t next = i + 1;
      if (q < quoted_.size() && quoted_[q].range.begin == i) {
        i = quoted_[q].range.end - 1;
        next = i + 1;
        const TokenRange inner = quoted_[q].inner;
        ++q;
        ends = is_terminator(this->text(tokens_[inner.end - 1])) && next < line.end &&
               ((tokens_[next].shape & (kCapital | kNumber)) != 0 || is_mark(this->text(tokens_[next])));
      } else if (is_terminator(this->text(tokens_[i]))) {
        while (next < line.end && (this->text(tokens_[next]) == ")" || this->text(tokens_[next]) == "]")) ++next;
        ends =
            next >= line.end || (((tokens_[next].shape & (kCapital | kNumber)) != 0 ||
                                  is_mark(this->text(tokens_[next])) || (tokens_[next].shape & kPunct) != 0) &&
                                 space_before(next) && !(i > line.begin && rules.is_abbreviation(tokens_[i - 1].word)));
        if (ends) i = next - 1;
      }
      if (ends || i + 1 >= line.end || i + 1 - begin >= kMaxSentenceTokens) {
        sentences_.push_back({begin, i + 1});
        paragraph_of_sentence_.push_back(static_cast<std::uint32_t>(paragraphs_.size() - 1));
        begin = i + 1;
      }
    }
    (void)paragraph;
  }
  sentence_of_.resize(n);
  for (std::uint32_t s = 0; s < sentences_.size(); ++s)
    for (std::uint32_t i = sentences_[s].begin; i < sentences_[s].end; ++i) sentence_of_[i] = s;
}

std::vector<std::string> tokenize_normal_forms(std::string_view text, const TextRules& rules) {
  std::vector<Token> tokens;
  Cutter(text, rules, tokens).run();
  std::vector<std::string> forms;
  for (const Token& token : tokens) forms.push_back(normal_form(text.substr(token.span.begin, token.span.size())));
  return forms;
}

}  // namespace kutip::text
