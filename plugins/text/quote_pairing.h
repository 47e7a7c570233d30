#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "text/cancellation.h"
#include "text/quote_mark.h"
#include "text/quoted_span.h"
#include "text/span.h"
#include "text/token_stream.h"

namespace kutip::text {

// The quoted spans of a text; see Document.
struct Quotations {
  std::vector<QuotedSpan> spans;
  std::vector<TokenRange> parts;
  std::vector<Span> unclosed_marks;
};

// Pairs quote marks, paragraph by paragraph, with a stack of open marks. Keeps its memory from text to text.
//
// Whether a mark opens or closes follows from what stands beside it; where that says nothing, from whether a mark of
// its kind is open. Of marks that cannot all be right the later ones are trusted: a mark that closes behind punctuation
// (“…,” …) takes the nearest opening mark, and an opening mark of the same kind right around that one is given up. A
// mark inside that closes without punctuation (a title) leaves the outer one open. Single marks pair only if both are
// there, since most are apostrophes.
//
// A quotation still open at the end of its paragraph goes on if the next paragraph begins with the same glyph, and
// is closed if that one is, or the one after it, and so on. If not, each of these marks is unclosed.
//
// O(marks * kMaxOpenMarks). At most kMaxOpenMarks are open at once; one more gives up the outermost.
class QuotePairing {
 public:
  // Replaces the content of `out`. Returns false, with `out` unspecified, if cancelled.
  bool pair(std::string_view text, const TokenStream& stream, std::span<const TokenRange> paragraphs,
            Cancellation& cancellation, Quotations& out);

  static constexpr std::size_t kMaxOpenMarks = 16;

 private:
  using OpeningId = std::uint32_t;  // index into openings_
  static constexpr OpeningId kNone = 0xFFFFFFFF;

  enum class State : std::uint8_t { kOpen, kClosed, kUnclosed, kGivenUp };
  // An opening mark and what it begins, in one paragraph.
  struct Opening {
    TokenRange range;  // up to the closing mark, or to the end of the paragraph
    QuoteKind kind = QuoteKind::kDouble;
    char32_t glyph = 0;
    State state = State::kOpen;
    bool holds_proper = false;    // a pair of the same kind, closed behind punctuation, follows inside
    bool continues = false;       // a quotation of the paragraph before
    OpeningId next_part = kNone;  // what continues this one in the next paragraph
  };
  enum class Act : std::uint8_t { kNothing, kOpened, kClosed };

  bool read_marks(std::string_view text, const TokenStream& stream, std::span<const std::uint32_t> tokens,
                  TokenRange paragraph, Cancellation& cancellation);
  bool pair_paragraph(TokenRange paragraph, Cancellation& cancellation);
  bool first_mark_continues(TokenRange paragraph) const;
  Act act_on(std::size_t mark, Neighbour left);
  bool yields_to_next(std::size_t mark) const;
  bool closes_in_wrong_place(std::size_t mark) const;
  std::size_t find_open(QuoteKind kind) const;
  void open(const QuoteMark& mark);
  void close(std::size_t depth, std::uint32_t token, bool behind_punctuation);
  void give_up(OpeningId opening);
  void give_up_from(std::size_t depth);
  void end_paragraph(TokenRange paragraph);
  void end_chain(State state);
  bool collect(const TokenStream& stream, Cancellation& cancellation, Quotations& out) const;

  std::vector<QuoteMark> marks_;             // of one paragraph
  std::vector<std::uint32_t> next_of_kind_;  // parallel: index of the next mark of the kind, or kNone
  std::vector<Opening> openings_;            // in the order of the text
  std::vector<OpeningId> open_;              // a stack
  // The parts so far of a quotation that came into this paragraph, or may go on into the next.
  OpeningId chain_first_ = kNone, chain_last_ = kNone;
};

}  // namespace kutip::text
