#include <algorithm>
#include <set>
#include <tuple>

#include "reference_matcher.h"

// The part of the reference matcher that goes around the anchor.
namespace kutip::matching {
namespace {

const Steps* group_of(const Step& step) {
  const auto* any = std::get_if<AnyStep>(&step.kind);
  return any != nullptr && any->alternatives.size() == 1 ? &any->alternatives[0] : nullptr;
}

// The way to the marked step, outermost first; empty if there is none.
template <typename Level>
std::vector<Level> way_to_marked(const Steps& steps) {
  for (std::size_t i = 0; i < steps.size(); ++i) {
    std::vector<Level> way = {{&steps, i}};
    if (steps[i].anchor) return way;
    if (const Steps* group = group_of(steps[i])) {
      const std::vector<Level> inner = way_to_marked<Level>(*group);
      way.insert(way.end(), inner.begin(), inner.end());
      if (!inner.empty()) return way;
    }
  }
  return {};
}

}  // namespace

std::optional<ReferenceMatcher::State> ReferenceMatcher::take_anchor(const Step& anchor, const Candidate& candidate,
                                                                     State state) const {
  const auto taken = [&](std::int64_t annotation, EntryId entry) {
    State after = state;
    after.taken.push_back({candidate.range, annotation, entry});
    return after;
  };
  if (const auto* s = std::get_if<TokenStep>(&anchor.kind)) {
    const bool is_token = candidate.annotation < 0 && candidate.range.size() == 1;
    if (is_token && holds(s->condition, candidate.range.begin)) return taken(-1, kNoEntry);
  } else if (const auto* l = std::get_if<LexStep>(&anchor.kind)) {
    EntryId entry = kNoEntry;
    for (const LexiconHit& hit : input_.lexicon_hits.hits()) {
      const bool fits_lexicon = std::find(l->lexicons.begin(), l->lexicons.end(), hit.lexicon) != l->lexicons.end();
      if (hit.range == candidate.range && fits_lexicon) entry = std::min(entry, hit.entry);
    }
    if (candidate.annotation < 0 && entry != kNoEntry) return taken(-1, entry);
  } else if (const auto* a = std::get_if<AnnoStep>(&anchor.kind)) {
    const std::int64_t index = candidate.annotation;
    if (index >= 0 && fits(*a, input_.annotations.all()[static_cast<std::size_t>(index)]))
      return taken(index, kNoEntry);
  } else if (const auto* any = std::get_if<AnyStep>(&anchor.kind)) {
    for (const Steps& alternative : any->alternatives) {
      std::optional<State> after = take_anchor(alternative[0], candidate, state);
      if (!after) continue;
      if (alternative[0].capture) after->captures[*alternative[0].capture] = candidate.range;
      return after;
    }
  }
  return std::nullopt;
}

std::vector<Candidate> ReferenceMatcher::candidates(const Pattern& pattern) const {
  const Level anchor = way_to_marked<Level>(pattern.steps).back();
  std::vector<Candidate> possible;
  for (std::uint32_t i = 0; i < token_count(); ++i) possible.push_back({0, {i, i + 1}});
  for (const LexiconHit& hit : input_.lexicon_hits.hits())
    if (hit.range.size() > 1) possible.push_back({0, hit.range});
  for (std::size_t i = 0; i < input_.annotations.all().size(); ++i)
    possible.push_back({0, input_.annotations.all()[i].range, static_cast<std::int64_t>(i)});

  std::vector<Candidate> found;
  const State start{0, std::vector<text::TokenRange>(pattern.captures.size()), {}};
  for (const Candidate& c : possible)
    if (take_anchor((*anchor.steps)[anchor.index], c, start)) found.push_back(c);
  const auto key = [](const Candidate& c) { return std::tie(c.range.begin, c.range.end, c.annotation); };
  std::sort(found.begin(), found.end(), [&](const Candidate& a, const Candidate& b) { return key(a) < key(b); });
  found.erase(
      std::unique(found.begin(), found.end(), [&](const Candidate& a, const Candidate& b) { return key(a) == key(b); }),
      found.end());
  return found;
}

// From the inside out: in each group on the way, the steps before the one that holds the anchor.
bool ReferenceMatcher::match_before(const std::vector<Level>& path, State state, const Next& next) {
  if (path.empty()) return next(std::move(state));
  const Level level = path.back();
  const std::vector<Level> outer(path.begin(), path.end() - 1);
  if (const auto& capture = (*level.steps)[level.index].capture) state.captures[*capture].begin = state.position;
  return match_steps(*level.steps, 0, level.index, false, std::move(state),
                     [&](State s) { return match_before(outer, std::move(s), next); });
}

// From the inside out: what is left of the repeats of each step on the way, then the steps behind it.
bool ReferenceMatcher::match_after(const std::vector<Level>& path, State state, const Next& next) {
  if (path.empty()) return next(std::move(state));
  const Level level = path.back();
  const std::vector<Level> outer(path.begin(), path.end() - 1);
  const Step& step = (*level.steps)[level.index];
  return match_repeats(step, step.min - 1, step.max - 1, true, std::move(state), [&](State s) {
    if (step.capture) s.captures[*step.capture].end = s.position;
    return match_steps(*level.steps, level.index + 1, level.steps->size(), true, std::move(s),
                       [&](State last) { return match_after(outer, std::move(last), next); });
  });
}

std::optional<Match> ReferenceMatcher::match(const Pattern& pattern, const Candidate& candidate,
                                             text::TokenRange unit) {
  unit_ = unit;
  work_ = 0;
  if (!unit.contains(candidate.range)) return std::nullopt;
  const std::vector<Level> path = way_to_marked<Level>(pattern.steps);
  const Level anchor = path.back();

  State state{candidate.range.begin, std::vector<text::TokenRange>(pattern.captures.size()), {}};
  Match match;
  const auto keep = [&](State s) {
    state = std::move(s);
    return true;
  };
  if (!take_anchor((*anchor.steps)[anchor.index], candidate, state)) return std::nullopt;
  if (!match_before(path, state, keep)) return std::nullopt;
  match.range.begin = state.position;
  state.position = candidate.range.end;
  state = *take_anchor((*anchor.steps)[anchor.index], candidate, state);
  if (!match_after(path, state, keep)) return std::nullopt;
  match.range.end = state.position;

  for (const text::TokenRange range : state.captures) {
    Capture capture;
    capture.range = range;
    capture.taken = !range.empty();
    std::vector<Taken> inside;
    for (const Taken& t : state.taken)
      if (range.contains(t.range)) inside.push_back(t);
    if (capture.taken && inside.size() == 1) {
      capture.annotation = inside[0].annotation;
      capture.entry = inside[0].entry;
    }
    match.captures.push_back(capture);
  }
  return match;
}

bool ReferenceMatcher::occurs(const Pattern& pattern, text::TokenRange within, bool at_begin, bool at_end) {
  unit_ = within;
  work_ = 0;
  const std::uint32_t last_begin = at_begin ? within.begin : within.end;
  for (std::uint32_t begin = within.begin; begin <= last_begin; ++begin) {
    const State state{begin, std::vector<text::TokenRange>(pattern.captures.size()), {}};
    const auto ends_well = [&](const State& s) { return !at_end || s.position == within.end; };
    if (match_steps(pattern.steps, 0, pattern.steps.size(), true, state, ends_well)) return true;
  }
  return false;
}

}  // namespace kutip::matching
