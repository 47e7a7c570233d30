#include "authoring/explain.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "authoring/describe_step.h"
#include "authoring/rule_exceptions.h"
#include "authoring/step_source.h"
#include "authoring/trace_matcher.h"
#include "tagging/acronym.h"
#include "text/cancellation.h"

namespace kutip::authoring {
namespace {

using matching::MatchInput;
using matching::RuleId;
using tagging::Rule;
using text::Span;
using text::TokenRange;

// A match that stands in the answer.
struct Accepted {
  RuleId rule = 0;
  TokenRange range;
  Span span;
  std::vector<std::pair<matching::TypeId, TokenRange>> emitted;
};

// A match that passed checks and exceptions, until it is known whether it stands.
struct Passed {
  std::size_t explanation = 0;
  TokenRange range;
  std::vector<matching::Capture> captures;
};

std::vector<std::pair<matching::TypeId, TokenRange>> emitted_by(const Rule& rule, TokenRange range,
                                                                std::span<const matching::Capture> captures) {
  std::vector<std::pair<matching::TypeId, TokenRange>> out;
  for (const tagging::Emit& emit : rule.emits) {
    if (emit.span.empty()) out.emplace_back(emit.type, range);
    for (const matching::CaptureId id : emit.span)
      if (captures[id].taken && !captures[id].range.empty()) out.emplace_back(emit.type, captures[id].range);
  }
  return out;
}

bool is_miss(const Explanation& explanation) {
  return explanation.outcome == ExplanationOutcome::kStepFailed ||
         explanation.outcome == ExplanationOutcome::kAnchorAbsent;
}

class Explainer {
 public:
  Explainer(const ExplainedRules& rules, const ExplainRequest& request)
      : rules_(rules),
        grammar_(rules.grammar),
        view_{rules.grammar, rules.cover},
        request_(request),
        cancellation_(request.cancelled) {
    seen_.resize(grammar_.rules.size());
  }

  bool stopped() { return cancellation_.now(); }

  // Goes through the rules of one phase.
  void look_at(std::uint32_t phase, const MatchInput& input) {
    for (RuleId rule = 0; rule < grammar_.rules.size(); ++rule) {
      if (grammar_.rules[rule].phase != phase || !wanted(rule)) continue;
      if (stopped()) return;
      TraceMatcher matcher(rules_.patterns[rule].pattern, input, view_);
      for (matching::Candidate candidate : matcher.candidates()) {
        if (stopped()) return;
        candidate.rule = rule;
        if (within(candidate.range, input)) try_candidate(candidate, matcher, input);
      }
    }
    flush_misses();
    if (request_.rule.empty()) return;
    for (RuleId rule = 0; rule < grammar_.rules.size(); ++rule)
      if (grammar_.rules[rule].phase == phase && wanted(rule) && !seen_[rule]) note_anchor_absent(rule);
  }

  void note_accepted(const text::Document& document, const tagging::AcceptedMatch& match) {
    accepted_.push_back({match.rule, match.range, document.span(match.range),
                         emitted_by(grammar_.rules[match.rule], match.range, match.captures)});
  }

  ExplainAnswer finish() {
    for (const Passed& passed : passed_) decide(passed, explanations_[passed.explanation]);
    std::stable_sort(explanations_.begin(), explanations_.end(), [](const Explanation& a, const Explanation& b) {
      const auto key = [](const Explanation& e) { return e.span ? e.span->begin : 0; };
      if (key(a) != key(b)) return key(a) < key(b);
      return std::tuple(is_miss(a), b.steps_done) < std::tuple(is_miss(b), a.steps_done);
    });
    ExplainAnswer answer;
    answer.truncated = explanations_.size() > request_.most;
    if (answer.truncated) explanations_.resize(request_.most);
    answer.explanations = std::move(explanations_);
    return answer;
  }

 private:
  bool wanted(RuleId id) const {
    const Rule& rule = grammar_.rules[id];
    if (!request_.plugin.empty() && rules_.rules.plugins()[rule.plugin].name != request_.plugin) return false;
    return request_.rule.empty() || rule.id == request_.rule;
  }

  bool within(TokenRange range, const MatchInput& input) const {
    if (!request_.within) return true;
    const Span span = input.document.span(range);
    return span.begin < request_.within->end && request_.within->begin < span.end;
  }

  void try_candidate(const matching::Candidate& candidate, TraceMatcher& matcher, const MatchInput& input) {
    const Rule& rule = grammar_.rules[candidate.rule];
    seen_[candidate.rule] = true;
    const TokenRange unit = unit_around(input.document, rule.unit, candidate.range.begin);
    const MatchTrace trace = matcher.match(candidate, unit);
    if (trace.gave_up) return;
    if (!trace.matched || trace.match.range.empty()) return note_miss(candidate.rule, trace, unit, input);
    if (!matched_.emplace(std::tuple(candidate.rule, trace.match.range.begin, trace.match.range.end)).second) return;
    Explanation explanation = describe(candidate.rule, trace, unit, input);
    if (fails_check(rule, trace.match, input, explanation) ||
        is_suppressed(rule, trace.match, unit, input, explanation)) {
      explanations_.push_back(std::move(explanation));
      return;
    }
    passed_.push_back({explanations_.size(), trace.match.range, trace.match.captures});
    explanations_.push_back(std::move(explanation));
  }

  Explanation describe(RuleId rule, const MatchTrace& trace, TokenRange unit, const MatchInput& input) const {
    Explanation out;
    out.rule = rule;
    out.outcome = trace.matched ? ExplanationOutcome::kMatched : ExplanationOutcome::kStepFailed;
    if (!trace.reached.empty()) out.span = input.document.span(trace.reached);
    out.steps_done = trace.steps_done;
    const matching::Pattern& pattern = rules_.patterns[rule].pattern;
    for (std::size_t i = 0; i < trace.steps.size(); ++i)
      out.steps.push_back(describe(pattern.steps[i], trace.steps[i], trace.failure, unit, input));
    for (std::size_t i = 0; i < trace.match.captures.size(); ++i)
      if (trace.match.captures[i].taken)
        out.captures.push_back({pattern.captures[i], input.document.span(trace.match.captures[i].range)});
    return out;
  }

  TracedStep describe(const matching::Step& step, const StepProgress& progress,
                      const std::optional<StepFailure>& failure, TokenRange unit, const MatchInput& input) const {
    TracedStep out = traced(step);
    switch (progress.state) {
      case StepProgress::State::kNotReached:
        return out;
      case StepProgress::State::kSkipped:
        out.outcome = StepOutcome::kSkipped;
        return out;
      case StepProgress::State::kMatched:
        out.outcome = StepOutcome::kMatched;
        if (!progress.range.empty()) out.span = input.document.span(progress.range);
        return out;
      case StepProgress::State::kFailed:
        break;
    }
    TracedStep failed = failure->step == &step ? out : traced(*failure->step);
    failed.outcome = StepOutcome::kFailed;
    failed.wanted = wanted_by(*failure, unit, input, view_);
    failed.seen = seen_at(*failure, unit, input, view_);
    const TokenRange tried = tried_at(*failure, unit);
    if (!tried.empty()) failed.span = input.document.span(tried);
    if (failure->step == &step) return failed;
    out.outcome = StepOutcome::kFailed;
    out.span = failed.span;
    out.steps.push_back(std::move(failed));
    return out;
  }

  TracedStep traced(const matching::Step& step) const {
    TracedStep out;
    out.source = source_at(step.mark, rules_.files);
    out.where = step.mark;
    return out;
  }

  // Of several misses the nearest counts: of each unit if the rule was asked for, else of the rule.
  void note_miss(RuleId rule, const MatchTrace& trace, TokenRange unit, const MatchInput& input) {
    const bool asked_for = !request_.rule.empty();
    if (trace.steps.empty() || !request_.misses) return;
    if (!asked_for && (trace.steps_done < 2 || 2 * trace.steps_done < trace.steps.size())) return;
    const auto key = std::pair(rule, asked_for ? unit.begin : 0);
    const auto known = misses_.find(key);
    if (known != misses_.end() && known->second.steps_done >= trace.steps_done) return;
    misses_[key] = describe(rule, trace, unit, input);
    miss_spans_[key] = input.document.span(unit);
  }

  // Keeps the misses of units in which the rule has no match.
  void flush_misses() {
    for (auto& [key, miss] : misses_) {
      const Span unit = miss_spans_[key];
      const bool matched =
          std::any_of(explanations_.begin(), explanations_.end(), [&, rule = key.first](const Explanation& e) {
            return e.rule == rule && e.span && unit.begin <= e.span->begin && e.span->end <= unit.end;
          });
      if (!matched) explanations_.push_back(std::move(miss));
    }
    misses_.clear();
    miss_spans_.clear();
  }

  void note_anchor_absent(RuleId rule) {
    const matching::Pattern& pattern = rules_.patterns[rule].pattern;
    const auto path = std::get<matching::AnchorPath>(matching::choose_anchor(pattern.steps, grammar_.vocabulary));
    Explanation out;
    out.rule = rule;
    out.outcome = ExplanationOutcome::kAnchorAbsent;
    for (std::size_t i = 0; i < pattern.steps.size(); ++i) {
      out.steps.push_back(traced(pattern.steps[i]));
      if (i != path.levels.front().index) continue;
      out.steps.back().outcome = StepOutcome::kFailed;
      out.steps.back().wanted = wanted_anywhere(path.anchor(), view_);
    }
    explanations_.push_back(std::move(out));
  }

  bool fails_check(const Rule& rule, const matching::Match& match, const MatchInput& input, Explanation& out) const {
    for (const tagging::AcronymCheck& check : rule.checks) {
      const auto words = [&](matching::CaptureId id) {
        const matching::Capture& capture = match.captures[id];
        return capture.taken && !capture.range.empty() ? input.document.text(capture.range) : std::string_view();
      };
      const std::string_view short_form = words(check.short_form), long_form = words(check.long_form);
      if (!short_form.empty() && !long_form.empty() && tagging::is_acronym_of(short_form, long_form)) continue;
      TracedStep step;
      step.source = "check: acronym_of";
      step.outcome = StepOutcome::kFailed;
      step.wanted = "the letters of $" + rule.captures[check.short_form] + " in $" + rule.captures[check.long_form];
      step.seen = "“" + std::string(short_form) + "” and “" + std::string(long_form) + "”";
      out.steps.push_back(std::move(step));
      out.outcome = ExplanationOutcome::kStepFailed;
      return true;
    }
    return false;
  }

  bool is_suppressed(const Rule& rule, const matching::Match& match, TokenRange unit, const MatchInput& input,
                     Explanation& out) {
    const tagging::Exception* exception = holding_exception(rule, match.range, unit, input, matcher_);
    if (exception == nullptr) return false;
    out.outcome = ExplanationOutcome::kSuppressed;
    out.exception_id = exception->id;
    return true;
  }

  void decide(const Passed& passed, Explanation& out) const {
    const auto stands = [&](const Accepted& a) { return a.rule == out.rule && a.range == passed.range; };
    if (std::any_of(accepted_.begin(), accepted_.end(), stands)) return;
    out.outcome = ExplanationOutcome::kLost;
    const Rule& rule = grammar_.rules[out.rule];
    for (const auto& [type, range] : emitted_by(rule, passed.range, passed.captures))
      for (const Accepted& winner : accepted_) {
        const bool holds = std::any_of(winner.emitted.begin(), winner.emitted.end(), [&, t = type, r = range](auto& e) {
          return e.first == t && e.second.overlaps(r);
        });
        if (!holds || grammar_.rules[winner.rule].phase > rule.phase) continue;
        out.winner = Winner{winner.rule, winner.span, won_by(winner, passed.range, rule)};
        return;
      }
  }

  WonBy won_by(const Accepted& winner, TokenRange range, const Rule& loser) const {
    const Rule& rule = grammar_.rules[winner.rule];
    if (rule.phase != loser.phase) return WonBy::kEarlierPhase;
    if (rule.priority != loser.priority) return WonBy::kPriority;
    if (winner.range.size() != range.size()) return WonBy::kLength;
    return winner.range.begin != range.begin ? WonBy::kStart : WonBy::kRuleId;
  }

  using MissKey = std::pair<RuleId, std::uint32_t>;
  const ExplainedRules& rules_;
  const tagging::Grammar& grammar_;
  GrammarView view_;
  const ExplainRequest& request_;
  text::Cancellation cancellation_;
  matching::Matcher matcher_;
  std::vector<char> seen_;  // by RuleId: its anchor occurs
  std::set<std::tuple<RuleId, std::uint32_t, std::uint32_t>> matched_;
  std::map<MissKey, Explanation> misses_;
  std::map<MissKey, Span> miss_spans_;
  std::vector<Passed> passed_;
  std::vector<Accepted> accepted_;
  std::vector<Explanation> explanations_;
};

}  // namespace

ExplainAnswer explain(const ExplainedRules& rules, std::string_view text, const ExplainRequest& request,
                      tagging::Workspace& workspace) {
  Explainer explainer(rules, request);
  tagging::AnnotateOptions options;
  options.cancelled = [&] { return explainer.stopped(); };
  options.on_phase = [&](std::uint32_t phase, const MatchInput& input) { explainer.look_at(phase, input); };
  options.on_match = [&](const text::Document& document, const tagging::AcceptedMatch& match) {
    explainer.note_accepted(document, match);
  };
  tagging::Annotations found;
  if (tagging::annotate(rules.rules, rules.grammar, text, options, workspace, found)) return explainer.finish();
  ExplainAnswer stopped;
  stopped.cancelled = true;
  return stopped;
}

}  // namespace kutip::authoring
