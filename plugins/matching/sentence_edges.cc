#include "matching/sentence_edges.h"

#include <algorithm>

#include "matching/mark.h"

namespace kutip::matching {
namespace {

// True if the mark at the token opens a quoted span that closes before `end`.
bool opens_pair(const text::Document& document, std::uint32_t token, std::uint32_t end) {
  const std::span<const text::QuotedSpan> quoted = document.quoted();
  const auto found = std::lower_bound(quoted.begin(), quoted.end(), token,
                                      [](const text::QuotedSpan& q, std::uint32_t t) { return q.range.begin < t; });
  return found != quoted.end() && found->range.begin == token && found->closed && found->range.end <= end;
}

std::uint32_t content_begin(const text::Document& document, text::TokenRange sentence) {
  std::uint32_t i = sentence.begin;
  for (; i < sentence.end; ++i) {
    const Mark mark = mark_of(document, document.tokens()[i]);
    const bool left_out = mark == Mark::kDash || mark == Mark::kBullet ||
                          (mark == Mark::kQuote && !opens_pair(document, i, sentence.end));
    if (!left_out) break;
  }
  return i;
}

std::uint32_t content_end(const text::Document& document, text::TokenRange sentence, std::uint32_t begin) {
  std::uint32_t i = sentence.end;
  while (i > begin && mark_of(document, document.tokens()[i - 1]) == Mark::kTerminator) --i;
  return i;
}

bool may_precede(Mark mark) {
  return mark == Mark::kQuote || mark == Mark::kOpening || mark == Mark::kDash || mark == Mark::kBullet;
}

bool may_follow(Mark mark) {
  return mark == Mark::kQuote || mark == Mark::kClosing || mark == Mark::kTerminator;
}

}  // namespace

SentenceEdges sentence_edges(const text::Document& document, std::uint32_t sentence) {
  const std::span<const text::Token> tokens = document.tokens();
  SentenceEdges edges;
  edges.sentence = document.sentences()[sentence];
  const auto [begin, end] = edges.sentence;
  edges.content.begin = content_begin(document, edges.sentence);
  edges.content.end = content_end(document, edges.sentence, edges.content.begin);
  edges.last_start = begin;
  while (edges.last_start < end && may_precede(mark_of(document, tokens[edges.last_start]))) ++edges.last_start;
  edges.first_end = end;
  while (edges.first_end > begin && may_follow(mark_of(document, tokens[edges.first_end - 1]))) --edges.first_end;
  return edges;
}

bool is_sentence_initial(const text::Document& document, std::uint32_t token) {
  constexpr std::uint16_t kNoWord = text::kPunct | text::kSymbol;
  if ((document.tokens()[token].shape & kNoWord) != 0) return false;
  const std::uint32_t begin = document.sentences()[document.sentence_of(token)].begin;
  while (token > begin && (document.tokens()[token - 1].shape & kNoWord) != 0) --token;
  return token == begin;
}

}  // namespace kutip::matching
