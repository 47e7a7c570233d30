#include "service/cli/marks.h"

#include <algorithm>
#include <map>
#include <queue>
#include <set>
#include <tuple>
#include <utility>

namespace kutip::cli {
namespace {

using SpanKey = std::pair<std::uint32_t, std::uint32_t>;

SpanKey key(const v1::Span& span) {
  return {span.begin(), span.end()};
}

Mark mark(const v1::Span& span, MarkKind kind) {
  Mark out;
  out.begin = span.begin();
  out.end = span.end();
  out.kind = kind;
  return out;
}

void add_quote(const v1::Quote& quote, int index, std::vector<Mark>& marks) {
  const int speaker = quote.has_attribution() ? static_cast<int>(quote.attribution().speaker_index()) : kNoIndex;
  const auto add = [&](const v1::Span& span, MarkKind kind) -> Mark& {
    marks.push_back(mark(span, kind));
    marks.back().quote = index;
    marks.back().speaker = speaker;
    return marks.back();
  };
  for (const v1::Fragment& fragment : quote.fragments()) add(fragment.span(), MarkKind::kQuote);
  if (!quote.fragments().empty()) marks.back().last_fragment = true;
  if (quote.has_continuation()) add(quote.continuation(), MarkKind::kContinuation);
  if (quote.has_cue()) add(quote.cue().span(), MarkKind::kCue);
}

// Mentions beside the cues, and all others, each span once. A clitic is marked as the cue that it is part of.
void add_speakers(const v1::AnnotateResponse& response, std::vector<Mark>& marks) {
  std::map<SpanKey, Mark> mentions;
  std::set<SpanKey> cues;
  for (const v1::Quote& quote : response.quotes()) {
    if (quote.has_cue()) cues.insert(key(quote.cue().span()));
  }
  for (int i = 0; i < response.quotes_size(); ++i) {
    const v1::Quote& quote = response.quotes(i);
    if (!quote.attribution().has_mention()) continue;
    Mark added = mark(quote.attribution().mention(), MarkKind::kSpeaker);
    added.quote = i;
    added.speaker = static_cast<int>(quote.attribution().speaker_index());
    mentions.emplace(key(quote.attribution().mention()), added);
  }
  for (int i = 0; i < response.speakers_size(); ++i) {
    for (const v1::Mention& mention : response.speakers(i).mentions()) {
      Mark added = mark(mention.span(), MarkKind::kSpeaker);
      added.speaker = i;
      mentions.emplace(key(mention.span()), added);
    }
  }
  // In order of begin, outer ones first, so that `last` is the only one that can hold the next.
  Mark last;
  for (const auto& [span, mention] : mentions) {
    if (cues.contains(span)) continue;
    if (mention.speaker == last.speaker && mention.end <= last.end) continue;  // the name inside "Mayor Strand"
    last = mention;
    marks.push_back(mention);
  }
}

bool speaks(const v1::AnnotateResponse& response, int person) {
  return std::any_of(response.speakers().begin(), response.speakers().end(), [&](const v1::Speaker& speaker) {
    return speaker.has_person_index() && static_cast<int>(speaker.person_index()) == person;
  });
}

bool outer_first(const Mark& a, const Mark& b) {
  return std::tuple(a.begin, ~a.end, a.kind) < std::tuple(b.begin, ~b.end, b.kind);
}

}  // namespace

std::vector<Mark> collect_marks(const v1::AnnotateResponse& response) {
  std::vector<Mark> marks;
  for (int i = 0; i < response.quotes_size(); ++i) add_quote(response.quotes(i), i, marks);
  add_speakers(response, marks);
  for (int i = 0; i < response.organizations_size(); ++i) {
    for (const v1::Mention& mention : response.organizations(i).mentions()) {
      marks.push_back(mark(mention.span(), MarkKind::kOrganization));
      marks.back().organization = i;
    }
  }
  for (int i = 0; i < response.persons_size(); ++i) {
    if (speaks(response, i)) continue;
    for (const v1::Mention& mention : response.persons(i).mentions())
      marks.push_back(mark(mention.span(), MarkKind::kPerson));
  }
  for (int i = 0; i < response.labels_size(); ++i) {
    marks.push_back(mark(response.labels(i).span(), MarkKind::kLabel));
    marks.back().label = i;
  }
  std::erase_if(marks, [](const Mark& each) { return each.begin >= each.end; });
  std::stable_sort(marks.begin(), marks.end(), outer_first);
  return marks;
}

std::vector<Edge> nest(const std::vector<Mark>& marks) {
  struct Piece {
    std::uint32_t begin, end, mark;
  };
  const auto later = [](const Piece& a, const Piece& b) {
    return std::tuple(a.begin, ~a.end, a.mark) > std::tuple(b.begin, ~b.end, b.mark);
  };
  std::priority_queue<Piece, std::vector<Piece>, decltype(later)> waiting(later);
  for (std::uint32_t i = 0; i < marks.size(); ++i) waiting.push({marks[i].begin, marks[i].end, i});

  std::vector<Edge> edges;
  std::vector<Piece> open;
  const auto close_until = [&](std::uint32_t offset) {
    while (!open.empty() && open.back().end <= offset) {
      const Piece& piece = open.back();
      edges.push_back({piece.end, piece.mark, false, piece.end == marks[piece.mark].end});
      open.pop_back();
    }
  };
  while (!waiting.empty()) {
    Piece piece = waiting.top();
    waiting.pop();
    close_until(piece.begin);
    if (!open.empty() && piece.end > open.back().end) {
      waiting.push({open.back().end, piece.end, piece.mark});
      piece.end = open.back().end;
    }
    edges.push_back({piece.begin, piece.mark, true, piece.begin == marks[piece.mark].begin});
    open.push_back(piece);
  }
  close_until(0xFFFFFFFF);
  return edges;
}

}  // namespace kutip::cli
