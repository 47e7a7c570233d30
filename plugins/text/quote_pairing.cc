#include "text/quote_pairing.h"

#include <algorithm>
#include <array>

namespace kutip::text {
namespace {

bool fits_left_of_opening(Neighbour left) {
  return left == Neighbour::kSpace || left == Neighbour::kOpenBracket || left == Neighbour::kDash ||
         left == Neighbour::kMark;
}
bool fits_right_of_opening(Neighbour right) {
  return right != Neighbour::kSpace && right != Neighbour::kPunct;
}
bool fits_left_of_closing(Neighbour left) {
  return left != Neighbour::kSpace && left != Neighbour::kOpenBracket;
}
bool fits_right_of_closing(Neighbour right) {
  return right != Neighbour::kWord && right != Neighbour::kDigit && right != Neighbour::kOpenBracket;
}

bool surely_closes(const QuoteMark& mark) {
  return mark.left == Neighbour::kPunct && (mark.right == Neighbour::kSpace || mark.right == Neighbour::kPunct);
}

constexpr std::size_t kNotOpen = static_cast<std::size_t>(-1);

}  // namespace

bool QuotePairing::pair(std::string_view text, const TokenStream& stream, std::span<const TokenRange> paragraphs,
                        Cancellation& cancellation, Quotations& out) {
  openings_.clear();
  chain_first_ = chain_last_ = kNone;
  std::span<const std::uint32_t> tokens(stream.quote_marks);
  for (const TokenRange paragraph : paragraphs) {
    const auto behind = std::find_if(tokens.begin(), tokens.end(), [&](std::uint32_t t) { return t >= paragraph.end; });
    const auto count = static_cast<std::size_t>(behind - tokens.begin());
    if (!read_marks(text, stream, tokens.first(count), paragraph, cancellation)) return false;
    if (!pair_paragraph(paragraph, cancellation)) return false;
    tokens = tokens.subspan(count);
  }
  end_chain(State::kUnclosed);
  return collect(stream, cancellation, out);
}

bool QuotePairing::read_marks(std::string_view text, const TokenStream& stream, std::span<const std::uint32_t> tokens,
                              TokenRange paragraph, Cancellation& cancellation) {
  marks_.clear();
  for (const std::uint32_t token : tokens) {
    if (cancellation.sometimes()) return false;
    marks_.push_back(read_quote_mark(text, stream, token, paragraph));
  }
  next_of_kind_.resize(marks_.size());
  std::array<std::uint32_t, kQuoteKinds> next;
  next.fill(kNone);
  for (std::size_t i = marks_.size(); i-- > 0;) {
    std::uint32_t& of_kind = next[static_cast<std::size_t>(marks_[i].kind)];
    next_of_kind_[i] = of_kind;
    of_kind = static_cast<std::uint32_t>(i);
  }
  return true;
}

bool QuotePairing::pair_paragraph(TokenRange paragraph, Cancellation& cancellation) {
  open_.clear();
  Act act = Act::kNothing;
  std::size_t i = 0;
  if (first_mark_continues(paragraph)) {
    open(marks_[i++]);
    act = Act::kOpened;
    const OpeningId part = open_.back();
    openings_[part].continues = true;
    openings_[chain_last_].next_part = part;
    chain_last_ = part;
  } else {
    end_chain(State::kUnclosed);
  }
  for (; i < marks_.size(); ++i) {
    if (cancellation.sometimes()) return false;
    Neighbour left = marks_[i].left;
    if (left == Neighbour::kMark && act == Act::kOpened) left = Neighbour::kOpenBracket;
    if (left == Neighbour::kMark && act == Act::kClosed) left = Neighbour::kPunct;
    act = act_on(i, left);
  }
  end_paragraph(paragraph);
  return true;
}

bool QuotePairing::first_mark_continues(TokenRange paragraph) const {
  return chain_last_ != kNone && !marks_.empty() && marks_[0].token == paragraph.begin &&
         marks_[0].right != Neighbour::kSpace && marks_[0].glyph == openings_[chain_last_].glyph;
}

// Decides what a mark does, and does it. `left` is its left neighbour, where another mark counts as what it did.
QuotePairing::Act QuotePairing::act_on(std::size_t index, Neighbour left) {
  const QuoteMark& mark = marks_[index];
  const bool single = mark.kind == QuoteKind::kSingle;
  const bool fits_opening = !mark.never_opens && fits_left_of_opening(left) && fits_right_of_opening(mark.right);
  const bool fits_closing = !mark.never_closes && fits_left_of_closing(left) && fits_right_of_closing(mark.right);
  if (fits_opening && !fits_closing && !closes_in_wrong_place(index)) {
    open(mark);
    return Act::kOpened;
  }
  const bool may_close = fits_closing || (!mark.never_closes && !(single && left == Neighbour::kSpace));
  const std::size_t depth = may_close ? find_open(mark.kind) : kNotOpen;
  if (depth != kNotOpen) {
    if (yields_to_next(index)) return Act::kNothing;
    close(depth, mark.token, left == Neighbour::kPunct || mark.misspaced);
    return Act::kClosed;
  }
  const bool may_open = fits_opening || (!fits_closing && !mark.never_opens && left != Neighbour::kDigit &&
                                         mark.right != Neighbour::kPunct);
  if (!may_open || (single && (left == Neighbour::kWord || mark.right == Neighbour::kSpace))) return Act::kNothing;
  open(mark);
  return Act::kOpened;
}

// An apostrophe behind a word, or an inch mark behind a number, where the next mark of its kind is sure to close.
bool QuotePairing::yields_to_next(std::size_t index) const {
  const QuoteMark& mark = marks_[index];
  const bool doubtful =
      mark.left == Neighbour::kDigit || (mark.kind == QuoteKind::kSingle && mark.left == Neighbour::kWord);
  return doubtful && next_of_kind_[index] != kNone && surely_closes(marks_[next_of_kind_[index]]);
}

// A closing mark that moved to the following word (“…, ”kata): one is open, and the next one does not close.
bool QuotePairing::closes_in_wrong_place(std::size_t index) const {
  const QuoteMark& mark = marks_[index];
  if (!mark.misspaced || open_.empty() || openings_[open_.back()].kind != mark.kind) return false;
  const std::uint32_t next = next_of_kind_[index];
  return next == kNone || !(fits_left_of_closing(marks_[next].left) && fits_right_of_closing(marks_[next].right));
}

// Depth in the stack of the open mark that one of `kind` would close, or kNotOpen.
std::size_t QuotePairing::find_open(QuoteKind kind) const {
  for (std::size_t i = open_.size(); i-- > 0;) {
    const QuoteKind open_kind = openings_[open_[i]].kind;
    if (open_kind == kind) return i;
    if (kind == QuoteKind::kSingle) break;  // an apostrophe must not break up a pair
  }
  return kNotOpen;
}

void QuotePairing::open(const QuoteMark& mark) {
  if (mark.kind == QuoteKind::kSingle && !open_.empty() && openings_[open_.back()].kind == QuoteKind::kSingle) {
    give_up_from(open_.size() - 1);  // an apostrophe, it seems
  }
  if (open_.size() == kMaxOpenMarks) {
    give_up(open_.front());
    open_.erase(open_.begin());
  }
  open_.push_back(static_cast<OpeningId>(openings_.size()));
  Opening opening;
  opening.range = {mark.token, mark.token + 1};
  opening.kind = mark.kind;
  opening.glyph = mark.glyph;
  openings_.push_back(opening);
}

void QuotePairing::close(std::size_t depth, std::uint32_t token, bool behind_punctuation) {
  const OpeningId closed = open_[depth];
  const QuoteKind kind = openings_[closed].kind;
  give_up_from(depth + 1);
  open_.pop_back();
  openings_[closed].range.end = token + 1;
  openings_[closed].state = State::kClosed;
  if (closed == chain_last_) end_chain(State::kClosed);
  if (!behind_punctuation) return;
  if (!open_.empty() && openings_[open_.back()].kind == kind) give_up_from(open_.size() - 1);
  for (const OpeningId around : open_) {
    if (openings_[around].kind == kind) openings_[around].holds_proper = true;
  }
}

void QuotePairing::give_up(OpeningId opening) {
  if (opening == chain_last_) end_chain(State::kUnclosed);
  openings_[opening].state = State::kGivenUp;
}

void QuotePairing::give_up_from(std::size_t depth) {
  for (std::size_t i = depth; i < open_.size(); ++i) give_up(open_[i]);
  open_.resize(std::min(depth, open_.size()));
}

// Of the marks still open the last one may go on into the next paragraph.
void QuotePairing::end_paragraph(TokenRange paragraph) {
  OpeningId last = kNone;
  for (std::size_t i = open_.size(); i-- > 0;) {
    Opening& opening = openings_[open_[i]];
    const bool goes_on = last == kNone && opening.kind != QuoteKind::kSingle && !opening.holds_proper &&
                         opening.range.end < paragraph.end;
    if (!goes_on) {
      give_up(open_[i]);
      continue;
    }
    last = open_[i];
    opening.range.end = paragraph.end;
    opening.state = State::kUnclosed;
  }
  if (last != kNone && last != chain_last_) chain_first_ = chain_last_ = last;
}

// Settles the parts of a quotation over several paragraphs: all closed, or each unclosed for itself.
void QuotePairing::end_chain(State state) {
  for (OpeningId part = chain_first_; part != kNone;) {
    Opening& opening = openings_[part];
    part = opening.next_part;
    opening.state = state;
    if (state == State::kUnclosed) {
      opening.continues = false;
      opening.next_part = kNone;
    }
  }
  chain_first_ = chain_last_ = kNone;
}

bool QuotePairing::collect(const TokenStream& stream, Cancellation& cancellation, Quotations& out) const {
  out.spans.clear();
  out.parts.clear();
  out.unclosed_marks.clear();
  std::int32_t enclosing = -1;  // the innermost span so far that may hold the next one
  for (const Opening& opening : openings_) {
    if (cancellation.sometimes()) return false;
    if (opening.state != State::kClosed && opening.kind != QuoteKind::kSingle) {
      out.unclosed_marks.push_back(stream.tokens[opening.range.begin].span);
    }
    if (opening.state == State::kGivenUp || opening.continues) continue;
    QuotedSpan span;
    span.closed = opening.state == State::kClosed;
    span.first_part = static_cast<std::uint32_t>(out.parts.size());
    span.range.begin = opening.range.begin;
    for (const Opening* part = &opening;; part = &openings_[part->next_part]) {
      out.parts.push_back(part->range);
      span.range.end = part->range.end;
      if (part->next_part == kNone) break;
    }
    span.part_count = static_cast<std::uint32_t>(out.parts.size()) - span.first_part;
    span.inner = {span.range.begin + 1, span.range.end - (span.closed ? 1U : 0U)};
    if (span.inner.empty()) {
      out.parts.resize(span.first_part);
      continue;
    }
    while (enclosing >= 0 && out.spans[static_cast<std::size_t>(enclosing)].range.end <= span.range.begin) {
      enclosing = out.spans[static_cast<std::size_t>(enclosing)].parent;
    }
    span.parent = enclosing;
    if (enclosing >= 0) span.depth = out.spans[static_cast<std::size_t>(enclosing)].depth + 1;
    enclosing = static_cast<std::int32_t>(out.spans.size());
    out.spans.push_back(span);
  }
  return true;
}

}  // namespace kutip::text
