#pragma once

#include <cstdint>

#include "matching/pattern.h"
#include "text/document.h"

namespace kutip::matching {

// Where a sentence begins and ends to a pattern, which cares for words rather than marks.
struct SentenceEdges {
  text::TokenRange sentence;
  // What a `rest` takes: without dashes and bullets in front, quote marks in front that open no pair of the sentence,
  // and the terminators (. ? ! …) behind.
  text::TokenRange content;
  // Positions [sentence.begin, last_start] are at its start: only quote marks, opening brackets, dashes and bullets
  // stand before them. Positions [first_end, sentence.end] are at its end: only terminators, quote marks and closing
  // brackets stand behind them.
  std::uint32_t last_start = 0;
  std::uint32_t first_end = 0;
};

// O(tokens of the sentence), in practice of its marks at both ends.
SentenceEdges sentence_edges(const text::Document& document, std::uint32_t sentence);

// True if the token is the first word or number of its sentence. O(marks before it).
bool is_sentence_initial(const text::Document& document, std::uint32_t token);

}  // namespace kutip::matching
