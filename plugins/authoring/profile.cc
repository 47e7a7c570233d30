#include "authoring/profile.h"

#include "authoring/rule_exceptions.h"

namespace kutip::authoring {
namespace {

using Clock = std::chrono::steady_clock;

}  // namespace

Profiler::Profiler(const tagging::RuleSet& rules, const tagging::Grammar& grammar)
    : rules_(rules), grammar_(grammar), profiles_(grammar.rules.size()), counts_(grammar.rules.size()) {}

void Profiler::add(std::string_view text) {
  tagging::Annotations found;
  const auto start = Clock::now();
  tagging::annotate(rules_, grammar_, text, {}, workspace_, found);
  annotate_time_ += Clock::now() - start;
  tagging::AnnotateOptions options;
  options.on_phase = [&](std::uint32_t phase, const matching::MatchInput& input) {
    if (phase == 0) sentences_ += input.document.sentences().size();
    if (phase == 0) tokens_ += input.document.tokens().size();
    run_phase(phase, input);
  };
  options.on_match = [&](const text::Document&, const tagging::AcceptedMatch& match) { ++profiles_[match.rule].hits; };
  tagging::annotate(rules_, grammar_, text, options, workspace_, found);
}

void Profiler::run_phase(std::uint32_t phase, const matching::MatchInput& input) {
  if (phase == 0) grammar_.finder.read_text(input, candidate_memory_);
  grammar_.finder.find(phase, input, candidate_memory_, candidates_);
  for (std::size_t begin = 0, end = 0; begin < candidates_.size(); begin = end) {
    while (end < candidates_.size() && candidates_[end].rule == candidates_[begin].rule) ++end;
    const auto candidates = std::span(candidates_).subspan(begin, end - begin);
    run_rule(candidates, input);
    count_steps(candidates, input);
  }
}

// All candidates of one rule under one reading of the clock, which costs as much as a short match.
void Profiler::run_rule(std::span<const matching::Candidate> candidates, const matching::MatchInput& input) {
  const tagging::Rule& rule = grammar_.rules[candidates.front().rule];
  RuleProfile& profile = profiles_[candidates.front().rule];
  matching::Match match;
  const std::uint64_t states = matcher_.states_visited();
  const auto start = Clock::now();
  for (const matching::Candidate& candidate : candidates) {
    const text::TokenRange unit = unit_around(input.document, rule.unit, candidate.range.begin);
    if (!matcher_.match(rule.program, input, candidate, unit, match) || match.range.empty()) continue;
    ++profile.matches;
    const std::uint64_t before = matcher_.states_visited();
    holding_exception(rule, match.range, unit, input, matcher_);
    profile.exception_states += matcher_.states_visited() - before;
  }
  profile.time += Clock::now() - start;
  profile.runs += candidates.size();
  profile.states += matcher_.states_visited() - states;
}

void Profiler::count_steps(std::span<const matching::Candidate> candidates, const matching::MatchInput& input) {
  const tagging::Rule& rule = grammar_.rules[candidates.front().rule];
  matching::StateCounts& counts = counts_[candidates.front().rule];
  if (counts.empty()) counts = matching::no_counts(rule.program);
  counting_matcher_.count_states(&counts);
  matching::Match match;
  for (const matching::Candidate& candidate : candidates)
    counting_matcher_.match(rule.program, input, candidate,
                            unit_around(input.document, rule.unit, candidate.range.begin), match);
}

std::vector<StepProfile> Profiler::steps(tagging::RuleId rule) const {
  if (counts_[rule].empty()) return {};
  const RuleProfile& profile = profiles_[rule];
  const auto counts = step_counts(grammar_.rules[rule].program, counts_[rule], profile.runs);
  std::uint64_t all = profile.exception_states;
  for (const matching::StepCount& count : counts) all += count.states;
  std::vector<StepProfile> steps;
  for (const matching::StepCount& count : counts) {
    const double share = all == 0 ? 0 : static_cast<double>(count.states) / static_cast<double>(all);
    steps.push_back({count, std::chrono::duration_cast<std::chrono::nanoseconds>(profile.time * share)});
  }
  return steps;
}

}  // namespace kutip::authoring
