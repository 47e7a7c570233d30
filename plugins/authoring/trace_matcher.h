#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "authoring/explained_rules.h"
#include "matching/anchor_choice.h"
#include "matching/match_input.h"
#include "matching/matcher.h"
#include "matching/pattern.h"
#include "tagging/rule_set.h"

namespace kutip::authoring {

// How far a step of the outermost list came.
struct StepProgress {
  enum class State : std::uint8_t { kNotReached, kMatched, kSkipped, kFailed };
  State state = State::kNotReached;
  text::TokenRange range;
};

// The step that stopped a match: the innermost one, and where it was tried.
struct StepFailure {
  const matching::Step* step = nullptr;
  std::uint32_t position = 0;  // a border between tokens
  bool rightward = true;       // the token tried is the one behind the border; else the one before it
};

struct MatchTrace {
  bool matched = false;
  bool gave_up = false;                // too many ways; the rest says nothing then
  matching::Match match;               // if it matched
  text::TokenRange reached;            // what its matching steps took
  std::vector<StepProgress> steps;     // by index of the pattern's steps
  std::uint32_t steps_done = 0;        // steps of the nearest miss, that of the anchor among them
  std::optional<StepFailure> failure;  // of the nearest miss: the one with most steps done, then most tokens taken
};

// Matches one pattern as rules/LANGUAGE.md says and keeps a record of it. A plain interpreter of the steps: slow, and
// independent of the search that the engine uses. One per pattern and phase of a document.
class TraceMatcher {
 public:
  // All objects outlive this one. REQUIRES: the pattern has an anchor.
  TraceMatcher(const matching::Pattern& pattern, const matching::MatchInput& input, const GrammarView& view);

  // Where the anchor occurs in the document, by begin and end. O(tokens + hits + annotations) and what their conditions
  // cost.
  std::vector<matching::Candidate> candidates() const;
  // REQUIRES: `candidate` is one of candidates(), or of a CandidateFinder for the pattern.
  MatchTrace match(const matching::Candidate& candidate, text::TokenRange unit);

  // The anchor's step in the outermost list, and itself.
  std::size_t anchor_index() const { return path_.levels.front().index; }
  const matching::Step& anchor() const { return path_.anchor(); }

 private:
  static constexpr int kMostWork = 200'000;
  // Of steps inside and behind each other: what comes next is called, so that each takes some 2 KiB of the stack.
  static constexpr int kMostDepth = 1'500;

  struct Taken {
    text::TokenRange range;
    std::int64_t annotation = -1;
    matching::EntryId entry = matching::kNoEntry;
  };
  struct State {
    std::uint32_t position = 0;
    std::vector<text::TokenRange> captures;
    std::vector<Taken> taken;
    std::vector<StepProgress> steps;
    std::size_t current = 0;     // step of the outermost list
    std::uint32_t done = 0;      // steps on the way of the anchor
    std::uint32_t consumed = 0;  // tokens, those of gaps and rests excepted
  };
  using Next = std::function<bool(State)>;
  using Levels = std::span<const matching::AnchorPath::Level>;

  bool match_steps(const matching::Steps& steps, std::size_t first, std::size_t last, bool rightward, bool counted,
                   State state, const Next& next);
  bool match_step(const matching::Step& step, bool rightward, State state, const Next& next);
  bool match_repeats(const matching::Step& step, std::uint32_t min, std::uint32_t max, bool rightward, State state,
                     const Next& next);
  bool match_once(const matching::Step& step, bool rightward, State state, const Next& next);
  bool match_kind(const matching::Step& step, bool rightward, State state, const Next& next);
  bool take(const matching::Step& step, const Taken& taken, bool rightward, State state, const Next& next);
  bool match_token(const matching::Step& step, bool rightward, const State& state, const Next& next);
  bool match_lexicon(const matching::Step& step, bool rightward, const State& state, const Next& next);
  bool match_annotation(const matching::Step& step, bool rightward, const State& state, const Next& next);
  bool match_gap(const matching::Step& step, bool rightward, State state, const Next& next);
  bool match_rest(const matching::Step& step, bool rightward, State state, const Next& next);
  bool match_look(const matching::Step& step, bool rightward, State state, const Next& next);

  bool match_before(Levels path, State state, const Next& next);
  bool match_after(Levels path, State state, const Next& next);
  std::optional<State> take_anchor(const matching::Step& anchor, const matching::Candidate& candidate,
                                   State state) const;

  bool holds(const matching::Condition& condition, std::uint32_t token) const;
  bool fits(const matching::AnnoStep& step, const matching::AnnotationView& annotation) const;
  bool is_rest(const matching::RestStep& step, text::TokenRange range) const;
  bool at(matching::Border border, std::uint32_t position) const;
  bool at_unit_border(std::uint32_t position, bool rightward) const {
    return rightward ? position >= unit_.end : position <= unit_.begin;
  }
  bool fail(const matching::Step& step, bool rightward, const State& state);
  void keep(const State& state, text::TokenRange reached, MatchTrace& trace) const;

  const matching::Pattern& pattern_;
  matching::MatchInput input_;
  GrammarView view_;
  matching::AnchorPath path_;
  text::TokenRange unit_;
  int work_ = 0, depth_ = 0;
  int looking_ = 0;  // inside a look-around, whose failures are its own
  std::optional<State> nearest_;
  StepFailure nearest_failure_;
};

}  // namespace kutip::authoring
