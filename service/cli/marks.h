#pragma once

#include <cstdint>
#include <vector>

#include "kutip/v1/annotation.pb.h"

// An answer seen from the text: which stretches are marked as what. For formats that show the text itself.
namespace kutip::cli {

enum class MarkKind : std::uint8_t { kQuote, kContinuation, kSpeaker, kCue, kOrganization, kPerson, kLabel };

inline constexpr int kNoIndex = -1;

// [begin, end) of the text, in the response's offset unit. Indices are those of the response's lists.
struct Mark {
  std::uint32_t begin = 0, end = 0;
  MarkKind kind = MarkKind::kQuote;
  int quote = kNoIndex;    // the quote that it is part of: its words, continuation, cue or speaker beside the cue
  int speaker = kNoIndex;  // who speaks, or is mentioned
  int organization = kNoIndex;
  int label = kNoIndex;
  bool last_fragment = false;  // of a quote
};

// All marks, by begin, outer ones first. A mention of a speaker is marked once, however many quotes it belongs to, and
// neither as a person nor, if it is an organization, apart from that.
std::vector<Mark> collect_marks(const v1::AnnotateResponse& response);

// Where a mark begins or ends. Edges nest: a mark that crosses another one is cut there.
struct Edge {
  std::uint32_t at = 0;
  std::uint32_t mark = 0;  // index into the marks
  bool opens = true;
  bool outermost = true;  // the mark really begins or ends here, and is not just cut
};

// Edges in text order: edges of closing marks before those of opening ones, properly nested. O(n log n) for marks that
// nest. REQUIRES: marks are sorted as collect_marks() sorts them.
std::vector<Edge> nest(const std::vector<Mark>& marks);

}  // namespace kutip::cli
