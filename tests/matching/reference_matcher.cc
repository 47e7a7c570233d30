#include "reference_matcher.h"

#include <algorithm>
#include <string>

#include "matching/sentence_edges.h"
#include "text/normal_form.h"

namespace kutip::matching {
namespace {

template <typename T>
bool has(const std::vector<T>& list, const T& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

bool starts_with_any(const std::string& word, const std::vector<std::string>& list) {
  return std::any_of(list.begin(), list.end(), [&](const std::string& s) { return word.rfind(s, 0) == 0; });
}

bool ends_with_any(const std::string& word, const std::vector<std::string>& list) {
  return std::any_of(list.begin(), list.end(), [&](const std::string& s) {
    return word.size() >= s.size() && word.compare(word.size() - s.size(), s.size(), s) == 0;
  });
}

std::uint32_t length(text::TokenRange range) {
  return range.end - range.begin;
}

}  // namespace

bool ReferenceMatcher::holds(const Condition& c, std::uint32_t index) const {
  const text::Token& token = input_.document.tokens()[index];
  const std::string text(input_.document.text(token));
  const std::string normal = text::normal_form(text);
  const auto inside_entry = [&](LexiconId lexicon) {
    return std::any_of(input_.lexicon_hits.hits().begin(), input_.lexicon_hits.hits().end(), [&](const LexiconHit& h) {
      return h.lexicon == lexicon && h.range.begin <= index && index < h.range.end;
    });
  };
  std::uint64_t types = 0;
  for (const AnnotationView& a : input_.annotations.all())
    if (a.range.begin <= index && index < a.range.end) types |= type_bit(a.type);

  if (!c.text.empty() && !has(c.text, text)) return false;
  if (has(c.not_text, text)) return false;
  if (!c.lower.empty() && !has(c.lower, token.word)) return false;
  if (has(c.not_lower, token.word)) return false;
  if (!c.prefix.empty() && !starts_with_any(normal, c.prefix)) return false;
  if (starts_with_any(normal, c.not_prefix)) return false;
  if (!c.suffix.empty() && !ends_with_any(normal, c.suffix)) return false;
  if (ends_with_any(normal, c.not_suffix)) return false;
  if (!c.lex.empty() && std::none_of(c.lex.begin(), c.lex.end(), inside_entry)) return false;
  if (std::any_of(c.not_lex.begin(), c.not_lex.end(), inside_entry)) return false;
  if (c.anno != 0 && (types & c.anno) == 0) return false;
  if ((types & c.not_anno) != 0) return false;
  if (c.shape != 0 && (token.shape & c.shape) == 0) return false;
  if ((token.shape & c.not_shape) != 0) return false;
  if (token.length < c.min_length || token.length > c.max_length) return false;
  return !c.sentence_initial || *c.sentence_initial == is_sentence_initial(input_.document, index);
}

bool ReferenceMatcher::fits(const AnnoStep& step, const AnnotationView& a) const {
  if (!has(step.types, a.type)) return false;
  if (length(a.inner) < step.min_tokens || length(a.inner) > step.max_tokens) return false;
  if (step.forms != 0 && (step.forms & a.forms) == 0) return false;
  if (step.first && (length(a.inner) == 0 || !holds(*step.first, a.inner.begin))) return false;
  return !step.last || (length(a.inner) != 0 && holds(*step.last, a.inner.end - 1));
}

bool ReferenceMatcher::at(Border border, std::uint32_t position) const {
  const text::Document& d = input_.document;
  for (std::uint32_t s = 0; s < d.sentences().size(); ++s) {
    const SentenceEdges edges = sentence_edges(d, s);
    const text::TokenRange paragraph = d.paragraphs()[d.paragraph_of_sentence(s)];
    const bool at_start =
        position >= edges.sentence.begin && position < edges.sentence.end && position <= edges.last_start;
    const bool at_end =
        position > edges.sentence.begin && position <= edges.sentence.end && position >= edges.first_end;
    if (border == Border::kSentenceStart && at_start) return true;
    if (border == Border::kSentenceEnd && at_end) return true;
    if (border == Border::kParagraphStart && at_start && edges.sentence.begin == paragraph.begin) return true;
    if (border == Border::kParagraphEnd && at_end && edges.sentence.end == paragraph.end) return true;
  }
  return false;
}

// A rest to the end is the range from anywhere in a sentence to the end of its content, or nothing where no content is
// left; one to the start is the same the other way round.
bool ReferenceMatcher::is_rest(const RestStep& step, text::TokenRange range) const {
  const text::Document& d = input_.document;
  if (length(range) < step.min_tokens || length(range) > step.max_tokens) return false;
  for (std::uint32_t i = range.begin; i < range.end; ++i)
    if (step.never && holds(*step.never, i)) return false;
  if (step.to == Border::kSentenceEnd) {
    if (range.begin == unit_.end) return range.empty();
    const std::uint32_t border = sentence_edges(d, d.sentence_of(range.begin)).content.end;
    return border > range.begin ? range.end == border : range.empty();
  }
  if (range.end == unit_.begin) return range.empty();
  const std::uint32_t border = sentence_edges(d, d.sentence_of(range.end - 1)).content.begin;
  return border < range.end ? range.begin == border : range.empty();
}

bool ReferenceMatcher::match_steps(const Steps& steps, std::size_t first, std::size_t last, bool rightward, State state,
                                   const Next& next) {
  if (first == last) return next(std::move(state));
  const Step& step = steps[rightward ? first : last - 1];
  return match_step(step, rightward, std::move(state), [&](State s) {
    return match_steps(steps, rightward ? first + 1 : first, rightward ? last : last - 1, rightward, std::move(s),
                       next);
  });
}

bool ReferenceMatcher::match_step(const Step& step, bool rightward, State state, const Next& next) {
  const std::uint32_t from = state.position;
  return match_repeats(step, step.min, step.max, rightward, std::move(state), [&](State s) {
    if (step.capture) s.captures[*step.capture] = {std::min(from, s.position), std::max(from, s.position)};
    return next(std::move(s));
  });
}

bool ReferenceMatcher::match_repeats(const Step& step, std::uint32_t min, std::uint32_t max, bool rightward,
                                     State state, const Next& next) {
  if (max > 0 && match_once(step, rightward, state, [&](State s) {
        return match_repeats(step, min > 0 ? min - 1 : 0, max - 1, rightward, std::move(s), next);
      })) {
    return true;
  }
  return min == 0 && next(std::move(state));
}

bool ReferenceMatcher::match_once(const Step& step, bool rightward, State state, const Next& next) {
  if (++work_ > kMostWork) return false;
  if (const auto* s = std::get_if<TokenStep>(&step.kind)) return match_token(*s, rightward, state, next);
  if (const auto* s = std::get_if<LexStep>(&step.kind)) return match_lexicon(*s, rightward, state, next);
  if (const auto* s = std::get_if<AnnoStep>(&step.kind)) return match_annotation(*s, rightward, state, next);
  if (const auto* s = std::get_if<GapStep>(&step.kind)) return match_gap(*s, rightward, std::move(state), next);
  if (const auto* s = std::get_if<RestStep>(&step.kind)) return match_rest(*s, rightward, std::move(state), next);
  if (const auto* s = std::get_if<AtStep>(&step.kind)) return at(s->border, state.position) && next(std::move(state));
  if (const auto* s = std::get_if<LookStep>(&step.kind))
    return match_look(*s, state) == s->wanted && next(std::move(state));
  const auto& alternatives = std::get<AnyStep>(step.kind).alternatives;
  return std::any_of(alternatives.begin(), alternatives.end(),
                     [&](const Steps& steps) { return match_steps(steps, 0, steps.size(), rightward, state, next); });
}

bool ReferenceMatcher::take(const Taken& taken, bool rightward, State state, const Next& next) {
  state.taken.push_back(taken);
  state.position = rightward ? taken.range.end : taken.range.begin;
  return next(std::move(state));
}

bool ReferenceMatcher::match_token(const TokenStep& step, bool rightward, const State& state, const Next& next) {
  const std::uint32_t p = state.position;
  if (rightward ? p >= unit_.end : p <= unit_.begin) return false;
  const text::TokenRange range = rightward ? text::TokenRange{p, p + 1} : text::TokenRange{p - 1, p};
  return holds(step.condition, range.begin) && take({range}, rightward, state, next);
}

bool ReferenceMatcher::match_lexicon(const LexStep& step, bool rightward, const State& state, const Next& next) {
  std::vector<LexiconHit> found;
  for (const LexiconHit& hit : input_.lexicon_hits.hits()) {
    const bool here = (rightward ? hit.range.begin : hit.range.end) == state.position;
    if (here && unit_.contains(hit.range) && has(step.lexicons, hit.lexicon)) found.push_back(hit);
  }
  std::stable_sort(found.begin(), found.end(), [](const LexiconHit& a, const LexiconHit& b) {
    return length(a.range) != length(b.range) ? length(a.range) > length(b.range) : a.entry < b.entry;
  });
  return std::any_of(found.begin(), found.end(), [&](const LexiconHit& hit) {
    return take({hit.range, -1, hit.entry}, rightward, state, next);
  });
}

bool ReferenceMatcher::match_annotation(const AnnoStep& step, bool rightward, const State& state, const Next& next) {
  std::vector<Taken> found;
  for (std::size_t i = 0; i < input_.annotations.all().size(); ++i) {
    const AnnotationView& a = input_.annotations.all()[i];
    const bool here = (rightward ? a.range.begin : a.range.end) == state.position;
    if (here && unit_.contains(a.range) && fits(step, a)) found.push_back({a.range, static_cast<std::int64_t>(i)});
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Taken& a, const Taken& b) { return length(a.range) > length(b.range); });
  return std::any_of(found.begin(), found.end(), [&](const Taken& t) { return take(t, rightward, state, next); });
}

bool ReferenceMatcher::match_gap(const GapStep& step, bool rightward, State state, const Next& next) {
  for (std::uint32_t count = 0;; ++count) {
    if (next(state)) return true;
    const std::uint32_t p = state.position;
    if (count == step.max || (rightward ? p >= unit_.end : p <= unit_.begin)) return false;
    const text::TokenRange range = rightward ? text::TokenRange{p, p + 1} : text::TokenRange{p - 1, p};
    if (step.never && holds(*step.never, range.begin)) return false;
    state.taken.push_back({range});
    state.position = rightward ? range.end : range.begin;
  }
}

bool ReferenceMatcher::match_rest(const RestStep& step, bool rightward, State state, const Next& next) {
  const std::uint32_t p = state.position;
  const std::uint32_t most = rightward ? unit_.end - p : p - unit_.begin;
  for (std::uint32_t count = most + 1; count-- > 0;) {
    const text::TokenRange range = rightward ? text::TokenRange{p, p + count} : text::TokenRange{p - count, p};
    if (!is_rest(step, range)) continue;
    State after = state;
    for (std::uint32_t i = range.begin; i < range.end; ++i) after.taken.push_back({{i, i + 1}});
    after.position = rightward ? range.end : range.begin;
    if (next(std::move(after))) return true;
  }
  return false;
}

bool ReferenceMatcher::match_look(const LookStep& step, const State& state) {
  return match_steps(step.steps, 0, step.steps.size(), step.ahead, state, [](const State&) { return true; });
}

}  // namespace kutip::matching
