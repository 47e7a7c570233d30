#include "text/paragraphs.h"

#include <algorithm>
#include <span>

#include "text/char_at.h"
#include "text/utf8.h"

namespace kutip::text {
namespace {

// The line ends of a text, and the lines between.
class Lines {
 public:
  Lines(std::string_view text, const TokenStream& stream) : text_(text), tokens_(stream.tokens) {}

  std::size_t columns(TokenRange line) const {
    return count_code_points(bytes(tokens_[line.begin].span.begin, tokens_[line.end - 1].span.end));
  }

  // Columns of what stands before the first space.
  std::size_t first_word_columns(TokenRange line) const {
    std::uint32_t last = line.begin;
    while (last + 1 < line.end && tokens_[last + 1].span.begin == tokens_[last].span.end) ++last;
    return columns({line.begin, last + 1});
  }

  bool ends_sentence(TokenRange line) const {
    std::uint32_t end = line.end;
    while (end > line.begin && is_closing(first_class(end - 1))) --end;
    return end > line.begin && is_stop(tokens_[end - 1]);
  }

  bool starts_in_lower_case(TokenRange line) const { return first_class(line.begin) == CharClass::kLower; }

 private:
  CharClass first_class(std::uint32_t token) const { return char_at(text_, tokens_[token].span.begin).char_class; }

  static bool is_closing(CharClass c) {
    return c == CharClass::kQuoteMark || c == CharClass::kApostrophe || c == CharClass::kCloseBracket;
  }

  bool is_stop(const Token& token) const {
    const CharClass last = class_of(code_point_before(text_, token.span.end).value);
    return last == CharClass::kFullStop || last == CharClass::kStop;
  }

  std::string_view bytes(std::uint32_t begin, std::uint32_t end) const { return text_.substr(begin, end - begin); }

  std::string_view text_;
  std::span<const Token> tokens_;
};

// The lines of a block, which line ends without a blank line cut.
class Block {
 public:
  Block(const Lines& lines, TokenRange range, std::span<const LineEnd> cuts)
      : lines_(lines), range_(range), cuts_(cuts) {}

  bool is_filled() const {
    if (cuts_.size() < 2) return false;
    std::size_t longest = 0;
    for (std::size_t i = 0; i <= cuts_.size(); ++i) {
      longest = std::max(longest, lines_.columns(line(i)));
      if (longest > kMaxFilledColumns) return false;
    }
    if (longest < kMinFilledColumns) return false;
    for (std::size_t i = 0; i < cuts_.size(); ++i) {
      if (lines_.columns(line(i)) + 1 + lines_.first_word_columns(line(i + 1)) <= longest) return false;
    }
    return true;
  }

  void append_paragraphs(std::vector<TokenRange>& out) const {
    const bool filled = is_filled();
    TokenRange paragraph = line(0);
    for (std::size_t i = 1; i <= cuts_.size(); ++i) {
      const TokenRange next = line(i);
      const bool goes_on = filled || (!lines_.ends_sentence(line(i - 1)) && lines_.starts_in_lower_case(next));
      if (!goes_on) {
        out.push_back(paragraph);
        paragraph.begin = next.begin;
      }
      paragraph.end = next.end;
    }
    out.push_back(paragraph);
  }

 private:
  TokenRange line(std::size_t i) const {
    return {i == 0 ? range_.begin : cuts_[i - 1].token, i == cuts_.size() ? range_.end : cuts_[i].token};
  }

  const Lines& lines_;
  TokenRange range_;
  std::span<const LineEnd> cuts_;
};

}  // namespace

void find_paragraphs(std::string_view text, const TokenStream& stream, std::vector<TokenRange>& out) {
  out.clear();
  if (stream.tokens.empty()) return;
  const Lines lines(text, stream);
  std::span<const LineEnd> rest(stream.line_ends);
  std::uint32_t begin = 0;
  while (true) {
    const auto blank = std::find_if(rest.begin(), rest.end(), [](const LineEnd& e) { return e.blank; });
    const auto cuts = rest.first(static_cast<std::size_t>(blank - rest.begin()));
    const bool last = blank == rest.end();
    const auto end = last ? static_cast<std::uint32_t>(stream.tokens.size()) : blank->token;
    Block(lines, {begin, end}, cuts).append_paragraphs(out);
    if (last) return;
    begin = end;
    rest = rest.subspan(cuts.size() + 1);
  }
}

}  // namespace kutip::text
