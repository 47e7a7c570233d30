#include "text/sentences.h"

#include <algorithm>

#include "text/char_at.h"
#include "text/document.h"

namespace kutip::text {
namespace {

// Ranges in order of begin, read while a text is gone through.
class BindingRanges {
 public:
  explicit BindingRanges(std::span<const TokenRange> ranges) : ranges_(ranges) {}

  // The furthest end of those that begin before `token`. REQUIRES: `token` never decreases.
  std::uint32_t end_of_those_before(std::uint32_t token) {
    for (; next_ < ranges_.size() && ranges_[next_].begin < token; ++next_) end_ = std::max(end_, ranges_[next_].end);
    return end_;
  }

  // Where the first of the others begins.
  std::uint32_t next_begin() const { return next_ < ranges_.size() ? ranges_[next_].begin : 0xFFFFFFFF; }

 private:
  std::span<const TokenRange> ranges_;
  std::size_t next_ = 0;
  std::uint32_t end_ = 0;
};

class TextScan {
 public:
  TextScan(std::string_view text, const TextRules& rules, const TokenStream& stream)
      : text_(text), rules_(rules), tokens_(stream.tokens) {}

  // The token behind the stop at `stop`, the stops that follow it and all marks that close there, at most `limit`.
  // `bound` is the end of the binding ranges around it.
  std::uint32_t behind_stop(std::uint32_t stop, std::uint32_t bound, std::uint32_t limit,
                            std::uint32_t paragraph_end) const {
    std::uint32_t next = stop + 1;
    while (next < limit && closes(next, bound, paragraph_end)) ++next;
    return next;
  }

  bool may_end_sentence(std::uint32_t stop, std::uint32_t sentence_begin) const {
    if (first_class(stop) != CharClass::kFullStop || tokens_[stop].span.size() > 1) return true;
    if (stop == sentence_begin || space_before(stop)) return true;
    const Token& word = tokens_[stop - 1];
    if (rules_.is_abbreviation(word.word)) return false;
    const bool enumerates = stop - 1 == sentence_begin && ((word.shape & kNumber) != 0 || word.length == 1);
    return !enumerates;
  }

  bool may_start_sentence(std::uint32_t token, std::uint32_t paragraph_end, std::uint32_t stop) const {
    const CharClass c = first_class(token);
    if (is_quote_mark(c)) return true;
    if (c == CharClass::kOpenBracket && token + 1 < paragraph_end) return starts_like_sentence(token + 1);
    if (!space_before(token)) return starts_without_space(token, stop);
    return starts_like_sentence(token);
  }

 private:
  CharClass first_class(std::uint32_t token) const { return char_at(text_, tokens_[token].span.begin).char_class; }
  static bool is_quote_mark(CharClass c) { return c == CharClass::kQuoteMark || c == CharClass::kApostrophe; }

  bool space_before(std::uint32_t token) const {
    return token == 0 || tokens_[token - 1].span.end != tokens_[token].span.begin;
  }

  bool closes(std::uint32_t token, std::uint32_t bound, std::uint32_t paragraph_end) const {
    if (token + 1 == bound) return true;
    if (space_before(token)) return false;
    switch (first_class(token)) {
      case CharClass::kFullStop:
      case CharClass::kStop:
        return true;
      case CharClass::kApostrophe:
      case CharClass::kQuoteMark:
      case CharClass::kCloseBracket:
        return token < bound || token + 1 == paragraph_end || space_before(token + 1);
      default:
        return false;
    }
  }

  bool starts_like_sentence(std::uint32_t token) const {
    switch (first_class(token)) {
      case CharClass::kUpper:
      case CharClass::kOtherLetter:
      case CharClass::kIdeograph:
      case CharClass::kDigit:
      case CharClass::kApostrophe:
      case CharClass::kQuoteMark:
      case CharClass::kOpenBracket:
      case CharClass::kHyphen:
      case CharClass::kDash:
      case CharClass::kSymbol:
      case CharClass::kPictograph:
      case CharClass::kRegional:
        return true;
      default:
        return false;
    }
  }

  // Behind an ASCII full stop only a word like a name: what the tokenizer takes for a missing space. Scripts without
  // case are written without spaces.
  bool starts_without_space(std::uint32_t token, std::uint32_t stop) const {
    const CharClass c = first_class(token);
    if (c == CharClass::kOtherLetter || c == CharClass::kIdeograph) return true;
    return first_class(stop) == CharClass::kFullStop && (tokens_[token].shape & kTitle) != 0;
  }

  std::string_view text_;
  const TextRules& rules_;
  std::span<const Token> tokens_;
};

void append_limited(TokenRange sentence, std::uint32_t paragraph, std::uint32_t max_tokens,
                    std::vector<TokenRange>& out, std::vector<std::uint32_t>& paragraph_of) {
  while (!sentence.empty()) {
    const std::uint32_t end = sentence.begin + std::min(sentence.size(), max_tokens);
    out.push_back({sentence.begin, end});
    paragraph_of.push_back(paragraph);
    sentence.begin = end;
  }
}

}  // namespace

// Marks without a partner bind nothing: they may stand anywhere.
void SentenceSplitter::bind_quotations(const Quotations& quotations) {
  quoted_.clear();
  std::uint32_t covered = 0;
  for (const QuotedSpan& span : quotations.spans) {
    if (!span.closed || span.range.begin < covered) continue;
    covered = span.range.end;
    const auto parts = std::span(quotations.parts).subspan(span.first_part, span.part_count);
    quoted_.insert(quoted_.end(), parts.begin(), parts.end());
  }
}

void SentenceSplitter::bind_brackets(std::string_view text, const TokenStream& stream,
                                     std::span<const TokenRange> paragraphs) {
  bracketed_.clear();
  std::size_t paragraph = 0;
  open_brackets_.clear();
  for (const std::uint32_t token : stream.brackets) {
    for (; paragraphs[paragraph].end <= token; ++paragraph) open_brackets_.clear();
    if (char_at(text, stream.tokens[token].span.begin).char_class == CharClass::kOpenBracket) {
      open_brackets_.push_back(static_cast<std::uint32_t>(bracketed_.size()));
      bracketed_.push_back({token, token});
    } else if (!open_brackets_.empty()) {
      TokenRange& range = bracketed_[open_brackets_.back()];
      if (token - range.begin < kMaxBracketTokens) range.end = token + 1;
      open_brackets_.pop_back();
    }
  }
}

void SentenceSplitter::split(std::string_view text, const TextRules& rules, const TokenStream& stream,
                             std::span<const TokenRange> paragraphs, const Quotations& quotations,
                             std::uint32_t max_tokens, std::vector<TokenRange>& out,
                             std::vector<std::uint32_t>& paragraph_of) {
  out.clear();
  paragraph_of.clear();
  bind_quotations(quotations);
  bind_brackets(text, stream, paragraphs);
  BindingRanges quoted(quoted_), bracketed(bracketed_);
  const TextScan scan(text, rules, stream);
  std::size_t next_stop = 0;
  for (std::uint32_t p = 0; p < paragraphs.size(); ++p) {
    const TokenRange paragraph = paragraphs[p];
    std::uint32_t begin = paragraph.begin, behind_last_stop = begin;
    for (; next_stop < stream.stops.size() && stream.stops[next_stop] < paragraph.end; ++next_stop) {
      const std::uint32_t stop = stream.stops[next_stop];
      if (stop < behind_last_stop) continue;  // seen with the one before
      const std::uint32_t bound = std::max(quoted.end_of_those_before(stop), bracketed.end_of_those_before(stop));
      const std::uint32_t limit = std::min({paragraph.end, quoted.next_begin(), bracketed.next_begin()});
      const std::uint32_t end = scan.behind_stop(stop, bound, limit, paragraph.end);
      behind_last_stop = end;
      if (end < bound || end == paragraph.end) continue;
      if (!scan.may_end_sentence(stop, begin) || !scan.may_start_sentence(end, paragraph.end, stop)) continue;
      append_limited({begin, end}, p, max_tokens, out, paragraph_of);
      begin = end;
    }
    append_limited({begin, paragraph.end}, p, max_tokens, out, paragraph_of);
  }
}

}  // namespace kutip::text
