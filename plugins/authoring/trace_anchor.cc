#include <algorithm>
#include <tuple>

#include "authoring/trace_matcher.h"

// The part of the interpreter that goes around the anchor.
namespace kutip::authoring {

using matching::Candidate;
using matching::Step;
using matching::Steps;
using text::TokenRange;

std::optional<TraceMatcher::State> TraceMatcher::take_anchor(const Step& anchor, const Candidate& candidate,
                                                             State state) const {
  const auto taken = [&](std::int64_t annotation, matching::EntryId entry) {
    State after = state;
    after.taken.push_back({candidate.range, annotation, entry});
    return after;
  };
  if (const auto* token = std::get_if<matching::TokenStep>(&anchor.kind)) {
    const bool is_token = candidate.annotation < 0 && candidate.range.size() == 1;
    if (is_token && holds(token->condition, candidate.range.begin)) return taken(-1, matching::kNoEntry);
  } else if (const auto* lex = std::get_if<matching::LexStep>(&anchor.kind)) {
    matching::EntryId entry = matching::kNoEntry;
    for (const matching::LexiconHit& hit : input_.lexicon_hits.hits()) {
      const bool wanted = std::find(lex->lexicons.begin(), lex->lexicons.end(), hit.lexicon) != lex->lexicons.end();
      if (hit.range == candidate.range && wanted) entry = std::min(entry, hit.entry);
    }
    if (candidate.annotation < 0 && entry != matching::kNoEntry) return taken(-1, entry);
  } else if (const auto* anno = std::get_if<matching::AnnoStep>(&anchor.kind)) {
    const std::int64_t index = candidate.annotation;
    if (index >= 0 && fits(*anno, input_.annotations.all()[static_cast<std::size_t>(index)]))
      return taken(index, matching::kNoEntry);
  } else if (const auto* any = std::get_if<matching::AnyStep>(&anchor.kind)) {
    for (const Steps& alternative : any->alternatives) {
      std::optional<State> after = take_anchor(alternative[0], candidate, state);
      if (!after) continue;
      if (alternative[0].capture) after->captures[*alternative[0].capture] = candidate.range;
      return after;
    }
  }
  return std::nullopt;
}

std::vector<Candidate> TraceMatcher::candidates() const {
  std::vector<Candidate> possible;
  for (const matching::AnchorLeaf& leaf : matching::anchor_leaves(anchor())) {
    if (std::holds_alternative<matching::TokenStep>(leaf.step->kind))
      for (std::uint32_t i = 0; i < input_.document.tokens().size(); ++i) possible.push_back({0, {i, i + 1}});
    if (const auto* lex = std::get_if<matching::LexStep>(&leaf.step->kind))
      for (const matching::LexiconHit& hit : input_.lexicon_hits.hits())
        if (std::find(lex->lexicons.begin(), lex->lexicons.end(), hit.lexicon) != lex->lexicons.end())
          possible.push_back({0, hit.range});
    if (const auto* anno = std::get_if<matching::AnnoStep>(&leaf.step->kind))
      for (std::size_t i = 0; i < input_.annotations.all().size(); ++i)
        if (fits(*anno, input_.annotations.all()[i]))
          possible.push_back({0, input_.annotations.all()[i].range, static_cast<std::int64_t>(i)});
  }
  const auto key = [](const Candidate& c) { return std::tie(c.range.begin, c.range.end, c.annotation); };
  std::sort(possible.begin(), possible.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); });
  possible.erase(
      std::unique(possible.begin(), possible.end(), [&](const auto& a, const auto& b) { return key(a) == key(b); }),
      possible.end());
  State start;
  start.captures.resize(pattern_.captures.size());
  std::erase_if(possible, [&](const Candidate& candidate) { return !take_anchor(anchor(), candidate, start); });
  return possible;
}

// From the inside out: in each group on the way, the steps before the one that holds the anchor.
bool TraceMatcher::match_before(Levels path, State state, const Next& next) {
  if (path.empty()) return next(std::move(state));
  const auto& level = path.back();
  if (const auto& capture = level.step().capture) state.captures[*capture].begin = state.position;
  if (path.size() == 1) state.steps[level.index].range.begin = state.position;
  return match_steps(*level.steps, 0, level.index, false, true, std::move(state),
                     [&](State s) { return match_before(path.first(path.size() - 1), std::move(s), next); });
}

// From the inside out: what is left of the repeats of each step on the way, then the steps behind it.
bool TraceMatcher::match_after(Levels path, State state, const Next& next) {
  if (path.empty()) return next(std::move(state));
  const auto& level = path.back();
  const Step& step = level.step();
  state.current = path_.levels.front().index;
  return match_repeats(step, step.min - 1, step.max - 1, true, std::move(state), [&](State s) {
    if (step.capture) s.captures[*step.capture].end = s.position;
    if (path.size() == 1) s.steps[level.index].range.end = s.position;
    return match_steps(*level.steps, level.index + 1, level.steps->size(), true, true, std::move(s),
                       [&](State last) { return match_after(path.first(path.size() - 1), std::move(last), next); });
  });
}

void TraceMatcher::keep(const State& state, TokenRange reached, MatchTrace& trace) const {
  trace.steps = state.steps;
  trace.steps_done = state.done;
  trace.reached = reached;
}

MatchTrace TraceMatcher::match(const Candidate& candidate, TokenRange unit) {
  unit_ = unit;
  work_ = depth_ = 0;
  nearest_.reset();
  MatchTrace trace;
  State start;
  start.position = candidate.range.begin;
  start.captures.resize(pattern_.captures.size());
  start.steps.resize(pattern_.steps.size());
  start.steps[anchor_index()] = {StepProgress::State::kMatched, candidate.range};
  start.current = anchor_index();
  start.done = 1;
  start.consumed = candidate.range.size();
  std::optional<State> state = start;
  const auto keep_state = [&](State s) {
    state = std::move(s);
    return true;
  };
  bool matched = unit.contains(candidate.range) && take_anchor(anchor(), candidate, start) &&
                 match_before(path_.levels, start, keep_state);
  if (matched) {
    trace.match.range.begin = state->position;
    state->position = candidate.range.end;
    state = take_anchor(anchor(), candidate, *state);
    matched = match_after(path_.levels, *state, keep_state);
  }
  trace.gave_up = work_ > kMostWork;
  trace.matched = matched;
  if (!matched) {
    if (nearest_) {
      TokenRange reached = candidate.range;
      for (const StepProgress& step : nearest_->steps)
        if (step.state == StepProgress::State::kMatched && !step.range.empty())
          reached = {std::min(reached.begin, step.range.begin), std::max(reached.end, step.range.end)};
      keep(*nearest_, reached, trace);
      trace.steps[nearest_->current].state = StepProgress::State::kFailed;
      trace.failure = nearest_failure_;
    }
    return trace;
  }
  trace.match.range.end = state->position;
  keep(*state, trace.match.range, trace);
  for (const TokenRange range : state->captures) {
    matching::Capture capture;
    capture.range = range;
    capture.taken = !range.empty();
    const auto inside = [&](const Taken& t) { return range.contains(t.range); };
    const auto first = std::find_if(state->taken.begin(), state->taken.end(), inside);
    if (capture.taken && std::count_if(state->taken.begin(), state->taken.end(), inside) == 1) {
      capture.annotation = first->annotation;
      capture.entry = first->entry;
    }
    trace.match.captures.push_back(capture);
  }
  return trace;
}

}  // namespace kutip::authoring
