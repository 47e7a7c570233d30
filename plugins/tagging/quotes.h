#pragma once

#include <cstdint>
#include <vector>

#include "tagging/annotations.h"
#include "tagging/findings.h"

namespace kutip::tagging {

// A quote as tokens; what attribution needs to know of it.
struct QuotePlace {
  std::uint32_t record = 0;
  text::TokenRange range;                               // from the first to the last fragment
  text::TokenRange cue;                                 // empty: none
  std::uint32_t first_sentence = 0, last_sentence = 0;  // of fragments and cue
};

// Makes quotes of QUOTE records: fragments, cue, form (direct, indirect, mixed), nesting, continuation; all but the
// speaker. Reused from text to text.
class QuoteBuilder {
 public:
  // Fills out.quotes and out.fragments. O(tokens + tokens of the quotes).
  void build(const Findings& findings, Annotations& out);

  // Parallel to out.quotes.
  const std::vector<QuotePlace>& places() const { return places_; }

 private:
  void collect(const Findings& findings);
  void add_fragments(const Findings& findings, const Record& record, Quote& quote, Annotations& out) const;
  void nest(Annotations& out);
  void find_continuations(const Findings& findings, Annotations& out);

  std::vector<QuotePlace> places_;
  std::vector<std::uint32_t> open_;            // quotes around the present one, outermost first
  std::vector<std::uint8_t> ends_continuing_;  // by sentence
};

// `range` without commas, full stops, semicolons and colons at both ends, and without dashes in front; `range` itself
// if nothing else stands in it.
text::TokenRange without_outer_punctuation(const text::Document& document, text::TokenRange range);

}  // namespace kutip::tagging
