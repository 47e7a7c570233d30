#include "authoring/trace_matcher.h"

#include <algorithm>
#include <tuple>

#include "authoring/unmet_condition.h"
#include "matching/sentence_edges.h"

namespace kutip::authoring {

using matching::AnnoStep;
using matching::AnnotationView;
using matching::AnyStep;
using matching::LexiconHit;
using matching::LexStep;
using matching::Step;
using matching::Steps;
using text::TokenRange;

TraceMatcher::TraceMatcher(const matching::Pattern& pattern, const matching::MatchInput& input, const GrammarView& view)
    : pattern_(pattern),
      input_(input),
      view_(view),
      path_(std::get<matching::AnchorPath>(matching::choose_anchor(pattern.steps, view.grammar.vocabulary))) {}

bool TraceMatcher::holds(const matching::Condition& condition, std::uint32_t token) const {
  return unmet_part(condition, token, input_, view_).empty();
}

bool TraceMatcher::fits(const AnnoStep& step, const AnnotationView& a) const {
  if (std::find(step.types.begin(), step.types.end(), a.type) == step.types.end()) return false;
  if (a.inner.size() < step.min_tokens || a.inner.size() > step.max_tokens) return false;
  if (step.forms != 0 && (step.forms & a.forms) == 0) return false;
  if (step.first && (a.inner.empty() || !holds(*step.first, a.inner.begin))) return false;
  return !step.last || (!a.inner.empty() && holds(*step.last, a.inner.end - 1));
}

bool TraceMatcher::at(matching::Border border, std::uint32_t position) const {
  const text::Document& d = input_.document;
  for (std::uint32_t s = 0; s < d.sentences().size(); ++s) {
    const matching::SentenceEdges edges = matching::sentence_edges(d, s);
    if (position < edges.sentence.begin || position > edges.sentence.end) continue;
    const TokenRange paragraph = d.paragraphs()[d.paragraph_of_sentence(s)];
    const bool start = position < edges.sentence.end && position <= edges.last_start;
    const bool end = position > edges.sentence.begin && position >= edges.first_end;
    switch (border) {
      case matching::Border::kSentenceStart:
        if (start) return true;
        break;
      case matching::Border::kSentenceEnd:
        if (end) return true;
        break;
      case matching::Border::kParagraphStart:
        if (start && edges.sentence.begin == paragraph.begin) return true;
        break;
      case matching::Border::kParagraphEnd:
        if (end && edges.sentence.end == paragraph.end) return true;
        break;
    }
  }
  return false;
}

bool TraceMatcher::is_rest(const matching::RestStep& step, TokenRange range) const {
  const text::Document& d = input_.document;
  if (range.size() < step.min_tokens || range.size() > step.max_tokens) return false;
  for (std::uint32_t i = range.begin; i < range.end; ++i)
    if (step.never && holds(*step.never, i)) return false;
  if (step.to == matching::Border::kSentenceEnd) {
    if (range.begin == unit_.end) return range.empty();
    const std::uint32_t border = matching::sentence_edges(d, d.sentence_of(range.begin)).content.end;
    return border > range.begin ? range.end == border : range.empty();
  }
  if (range.end == unit_.begin) return range.empty();
  const std::uint32_t border = matching::sentence_edges(d, d.sentence_of(range.end - 1)).content.begin;
  return border < range.end ? range.begin == border : range.empty();
}

// Always false, for the step has failed.
bool TraceMatcher::fail(const Step& step, bool rightward, const State& state) {
  if (looking_ > 0) return false;
  if (nearest_ && std::tie(state.done, state.consumed) <= std::tie(nearest_->done, nearest_->consumed)) return false;
  nearest_ = state;
  nearest_failure_ = {&step, state.position, rightward};
  return false;
}

bool TraceMatcher::match_steps(const Steps& steps, std::size_t first, std::size_t last, bool rightward, bool counted,
                               State state, const Next& next) {
  if (first == last) return next(std::move(state));
  const std::size_t index = rightward ? first : last - 1;
  const bool outermost = &steps == &pattern_.steps;
  const std::uint32_t from = state.position;
  if (outermost) state.current = index;
  return match_step(steps[index], rightward, std::move(state), [&](State s) {
    if (outermost) {
      const TokenRange range{std::min(from, s.position), std::max(from, s.position)};
      const bool skipped = range.empty() && steps[index].min == 0;
      s.steps[index] = {skipped ? StepProgress::State::kSkipped : StepProgress::State::kMatched, range};
    }
    s.done += counted ? 1 : 0;
    return match_steps(steps, rightward ? first + 1 : first, rightward ? last : last - 1, rightward, counted,
                       std::move(s), next);
  });
}

bool TraceMatcher::match_step(const Step& step, bool rightward, State state, const Next& next) {
  const std::uint32_t from = state.position;
  return match_repeats(step, step.min, step.max, rightward, std::move(state), [&](State s) {
    if (step.capture) s.captures[*step.capture] = {std::min(from, s.position), std::max(from, s.position)};
    return next(std::move(s));
  });
}

bool TraceMatcher::match_repeats(const Step& step, std::uint32_t min, std::uint32_t max, bool rightward, State state,
                                 const Next& next) {
  if (max > 0 && match_once(step, rightward, state, [&](State s) {
        return match_repeats(step, min > 0 ? min - 1 : 0, max - 1, rightward, std::move(s), next);
      })) {
    return true;
  }
  return min == 0 && next(std::move(state));
}

bool TraceMatcher::match_once(const Step& step, bool rightward, State state, const Next& next) {
  if (depth_ == kMostDepth) work_ = kMostWork;
  if (++work_ > kMostWork) return false;
  ++depth_;
  const bool matched = match_kind(step, rightward, std::move(state), next);
  --depth_;
  return matched;
}

bool TraceMatcher::match_kind(const Step& step, bool rightward, State state, const Next& next) {
  if (std::holds_alternative<matching::TokenStep>(step.kind)) return match_token(step, rightward, state, next);
  if (std::holds_alternative<LexStep>(step.kind)) return match_lexicon(step, rightward, state, next);
  if (std::holds_alternative<AnnoStep>(step.kind)) return match_annotation(step, rightward, state, next);
  if (std::holds_alternative<matching::GapStep>(step.kind)) return match_gap(step, rightward, std::move(state), next);
  if (std::holds_alternative<matching::RestStep>(step.kind)) return match_rest(step, rightward, std::move(state), next);
  if (std::holds_alternative<matching::LookStep>(step.kind)) return match_look(step, rightward, std::move(state), next);
  if (const auto* border = std::get_if<matching::AtStep>(&step.kind))
    return at(border->border, state.position) ? next(std::move(state)) : fail(step, rightward, state);
  const auto& alternatives = std::get<AnyStep>(step.kind).alternatives;
  return std::any_of(alternatives.begin(), alternatives.end(), [&](const Steps& steps) {
    return match_steps(steps, 0, steps.size(), rightward, false, state, next);
  });
}

bool TraceMatcher::take(const Step& step, const Taken& taken, bool rightward, State state, const Next& next) {
  const bool free = std::holds_alternative<matching::GapStep>(step.kind);
  state.taken.push_back(taken);
  state.position = rightward ? taken.range.end : taken.range.begin;
  state.consumed += free ? 0 : taken.range.size();
  return next(std::move(state));
}

bool TraceMatcher::match_token(const Step& step, bool rightward, const State& state, const Next& next) {
  const std::uint32_t p = state.position;
  if (at_unit_border(p, rightward)) return fail(step, rightward, state);
  const TokenRange range = rightward ? TokenRange{p, p + 1} : TokenRange{p - 1, p};
  if (!holds(std::get<matching::TokenStep>(step.kind).condition, range.begin)) return fail(step, rightward, state);
  return take(step, {range}, rightward, state, next);
}

bool TraceMatcher::match_lexicon(const Step& step, bool rightward, const State& state, const Next& next) {
  const auto& lexicons = std::get<LexStep>(step.kind).lexicons;
  std::vector<LexiconHit> found;
  for (const LexiconHit& hit : input_.lexicon_hits.hits()) {
    const bool here = (rightward ? hit.range.begin : hit.range.end) == state.position;
    const bool wanted = std::find(lexicons.begin(), lexicons.end(), hit.lexicon) != lexicons.end();
    if (here && wanted && unit_.contains(hit.range)) found.push_back(hit);
  }
  if (found.empty()) return fail(step, rightward, state);
  std::stable_sort(found.begin(), found.end(), [](const LexiconHit& a, const LexiconHit& b) {
    return a.range.size() != b.range.size() ? a.range.size() > b.range.size() : a.entry < b.entry;
  });
  return std::any_of(found.begin(), found.end(), [&](const LexiconHit& hit) {
    return take(step, {hit.range, -1, hit.entry}, rightward, state, next);
  });
}

bool TraceMatcher::match_annotation(const Step& step, bool rightward, const State& state, const Next& next) {
  std::vector<Taken> found;
  for (std::size_t i = 0; i < input_.annotations.all().size(); ++i) {
    const AnnotationView& a = input_.annotations.all()[i];
    const bool here = (rightward ? a.range.begin : a.range.end) == state.position;
    if (here && unit_.contains(a.range) && fits(std::get<AnnoStep>(step.kind), a))
      found.push_back({a.range, static_cast<std::int64_t>(i)});
  }
  if (found.empty()) return fail(step, rightward, state);
  std::stable_sort(found.begin(), found.end(),
                   [](const Taken& a, const Taken& b) { return a.range.size() > b.range.size(); });
  return std::any_of(found.begin(), found.end(), [&](const Taken& t) { return take(step, t, rightward, state, next); });
}

bool TraceMatcher::match_gap(const Step& step, bool rightward, State state, const Next& next) {
  const auto& gap = std::get<matching::GapStep>(step.kind);
  for (std::uint32_t count = 0;; ++count) {
    if (next(state)) return true;
    const std::uint32_t p = state.position;
    if (count == gap.max || at_unit_border(p, rightward)) return false;
    const TokenRange range = rightward ? TokenRange{p, p + 1} : TokenRange{p - 1, p};
    if (gap.never && holds(*gap.never, range.begin)) return false;
    state.taken.push_back({range});
    state.position = rightward ? range.end : range.begin;
  }
}

bool TraceMatcher::match_rest(const Step& step, bool rightward, State state, const Next& next) {
  const auto& rest = std::get<matching::RestStep>(step.kind);
  const std::uint32_t p = state.position;
  const std::uint32_t most = rightward ? unit_.end - p : p - unit_.begin;
  bool possible = false;
  for (std::uint32_t count = most + 1; count-- > 0;) {
    const TokenRange range = rightward ? TokenRange{p, p + count} : TokenRange{p - count, p};
    if (!is_rest(rest, range)) continue;
    possible = true;
    State after = state;
    for (std::uint32_t i = range.begin; i < range.end; ++i) after.taken.push_back({{i, i + 1}});
    after.position = rightward ? range.end : range.begin;
    if (next(std::move(after))) return true;
  }
  return possible ? false : fail(step, rightward, state);
}

bool TraceMatcher::match_look(const Step& step, bool rightward, State state, const Next& next) {
  const auto& look = std::get<matching::LookStep>(step.kind);
  ++looking_;
  const bool found =
      match_steps(look.steps, 0, look.steps.size(), look.ahead, false, state, [](const State&) { return true; });
  --looking_;
  return found == look.wanted ? next(std::move(state)) : fail(step, rightward, state);
}

}  // namespace kutip::authoring
