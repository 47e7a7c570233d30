#pragma once

#include <optional>
#include <string>
#include <vector>

#include "matching/ids.h"
#include "text/span.h"

// What a rule did at a place of a text. Spans are bytes of the text.
namespace kutip::authoring {

enum class StepOutcome { kMatched, kSkipped, kFailed, kNotReached };

struct TracedStep {
  std::string source;          // as the rule file has it
  matching::SourceMark where;  // of it; line 0: nowhere
  StepOutcome outcome = StepOutcome::kNotReached;
  std::optional<text::Span> span;  // what it took; of a failed one, the token where it was tried
  std::string seen, wanted;        // of a failed one
  std::vector<TracedStep> steps;   // of a failed group: the step inside that failed
};

struct TracedCapture {
  std::string name;
  text::Span span;
};

// In the order in which they decide.
enum class WonBy { kEarlierPhase, kPriority, kLength, kStart, kRuleId };

struct Winner {
  matching::RuleId rule = 0;
  text::Span span;
  WonBy won_by = WonBy::kPriority;
};

enum class ExplanationOutcome {
  kMatched,       // its annotations are in the answer
  kSuppressed,    // an exception held
  kLost,          // another match holds its place; or it emits nothing
  kStepFailed,    // a step failed, or a check behind them
  kAnchorAbsent,  // the step by which it is looked up occurs nowhere in question
};

struct Explanation {
  matching::RuleId rule = 0;
  ExplanationOutcome outcome = ExplanationOutcome::kMatched;
  std::optional<text::Span> span;  // the match; of a near miss, what its matching steps took
  std::vector<TracedStep> steps;   // of the pattern, in order
  std::uint32_t steps_done = 0;
  std::vector<TracedCapture> captures;
  std::string exception_id;      // kSuppressed
  std::optional<Winner> winner;  // kLost
};

}  // namespace kutip::authoring
