#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>
#include <vector>

#include "tagging/annotate.h"
#include "tagging/rule_set.h"

namespace kutip::authoring {

struct RuleProfile {
  std::chrono::nanoseconds time{0};  // of matching its pattern and its exceptions
  std::uint64_t runs = 0;            // occurrences of its anchor
  std::uint64_t matches = 0;         // of the pattern, before exceptions and conflicts
  std::uint64_t hits = 0;            // that stand in the answer
  std::uint64_t states = 0;          // (instruction, token) pairs tried, those of exceptions included
  std::uint64_t exception_states = 0;
};

// One step of a rule's pattern, numbered as Explanation::steps are.
struct StepProfile {
  matching::StepCount count;
  std::chrono::nanoseconds time{0};  // the rule's time, shared out by states over steps and exceptions
};

// Measures the rules of one grammar over many texts.
class Profiler {
 public:
  Profiler(const tagging::RuleSet& rules, const tagging::Grammar& grammar);

  // Annotates the text twice: once as a request does, once rule by rule, with a clock and then with counts.
  // REQUIRES: `text` is well-formed UTF-8.
  void add(std::string_view text);

  const std::vector<RuleProfile>& rules() const { return profiles_; }  // by RuleId
  std::vector<StepProfile> steps(tagging::RuleId rule) const;
  std::chrono::nanoseconds annotate_time() const { return annotate_time_; }
  std::uint64_t sentences() const { return sentences_; }
  std::uint64_t tokens() const { return tokens_; }

 private:
  void run_phase(std::uint32_t phase, const matching::MatchInput& input);
  void run_rule(std::span<const matching::Candidate> candidates, const matching::MatchInput& input);
  void count_steps(std::span<const matching::Candidate> candidates, const matching::MatchInput& input);

  const tagging::RuleSet& rules_;
  const tagging::Grammar& grammar_;
  tagging::Workspace workspace_;
  matching::Matcher matcher_;
  matching::Matcher counting_matcher_;  // of its own, for the other one remembers what failed
  matching::CandidateFinder::Memory candidate_memory_;
  std::vector<matching::Candidate> candidates_;
  std::vector<RuleProfile> profiles_;
  std::vector<matching::StateCounts> counts_;  // by RuleId; empty of those that never ran
  std::chrono::nanoseconds annotate_time_{0};
  std::uint64_t sentences_ = 0, tokens_ = 0;
};

}  // namespace kutip::authoring
