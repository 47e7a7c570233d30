#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "matching/matcher.h"
#include "tagging/rule_set.h"
#include "text/cancellation.h"

namespace kutip::tagging {

// A match of a rule that passed the rule's checks and exceptions.
struct RuleMatch {
  RuleId rule = 0;
  int priority = 0;
  text::TokenRange range;
  std::uint32_t first_capture = 0;  // of PhaseMatches::captures()
};

// The matches of one phase's rules. Reused from phase to phase and text to text.
class PhaseMatches {
 public:
  // Once per document, before the first phase. O(tokens + hits).
  void read_text(const Grammar& grammar, const matching::MatchInput& input);
  // Finds and orders the matches as "Order and conflicts" of rules/LANGUAGE.md says. `plugin_wanted` has a flag per
  // plugin, or none for all. Returns false if cancelled. O(tokens + candidates * (size of their programs + log)).
  // `phase` is an index into Grammar::phases. REQUIRES: read_text() was called for the document.
  bool find(const Grammar& grammar, std::uint32_t phase, const matching::MatchInput& input,
            std::span<const std::uint8_t> plugin_wanted, matching::Matcher& matcher, text::Cancellation& cancellation);

  std::span<const RuleMatch> matches() const { return matches_; }
  std::span<const matching::Capture> captures(const Rule& rule, const RuleMatch& match) const {
    return std::span(captures_).subspan(match.first_capture, rule.program.capture_count());
  }

 private:
  matching::CandidateFinder::Memory candidate_memory_;
  std::vector<matching::Candidate> candidates_;
  matching::Match match_;
  std::vector<RuleMatch> matches_;
  std::vector<matching::Capture> captures_;
};

}  // namespace kutip::tagging
