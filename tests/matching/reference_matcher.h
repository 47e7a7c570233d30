#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "matching/match_input.h"
#include "matching/matcher.h"
#include "matching/pattern.h"

namespace kutip::matching {

// The meaning of patterns, written down as plainly as possible: recursive back-tracking over the tree of steps, with no
// compiling, no tables and nothing remembered. Takes exponential time. NEVER TO BE USED IN PRODUCTION: it is what the
// real matcher is compared with.
class ReferenceMatcher {
 public:
  explicit ReferenceMatcher(const MatchInput& input) : input_(input) {}

  // Every occurrence of the anchor that is marked in the pattern, in order of rule, begin, end.
  std::vector<Candidate> candidates(const Pattern& pattern) const;
  // As Matcher::match().
  std::optional<Match> match(const Pattern& pattern, const Candidate& candidate, text::TokenRange unit);
  // As Matcher::occurs().
  bool occurs(const Pattern& pattern, text::TokenRange within, bool at_begin, bool at_end);

  // True if a call gave up after too many steps; its answer means nothing then.
  bool gave_up() const { return work_ > kMostWork; }

 private:
  static constexpr int kMostWork = 200'000;

  struct Taken {
    text::TokenRange range;
    std::int64_t annotation = -1;
    EntryId entry = kNoEntry;
  };
  struct State {
    std::uint32_t position = 0;
    std::vector<text::TokenRange> captures;
    std::vector<Taken> taken;  // each token, entry and annotation on the way
  };
  using Next = std::function<bool(State)>;
  struct Level {
    const Steps* steps = nullptr;
    std::size_t index = 0;
  };

  bool match_steps(const Steps& steps, std::size_t first, std::size_t last, bool rightward, State state,
                   const Next& next);
  bool match_step(const Step& step, bool rightward, State state, const Next& next);
  bool match_repeats(const Step& step, std::uint32_t min, std::uint32_t max, bool rightward, State state,
                     const Next& next);
  bool match_once(const Step& step, bool rightward, State state, const Next& next);
  bool take(const Taken& taken, bool rightward, State state, const Next& next);
  bool match_token(const TokenStep& step, bool rightward, const State& state, const Next& next);
  bool match_lexicon(const LexStep& step, bool rightward, const State& state, const Next& next);
  bool match_annotation(const AnnoStep& step, bool rightward, const State& state, const Next& next);
  bool match_gap(const GapStep& step, bool rightward, State state, const Next& next);
  bool match_rest(const RestStep& step, bool rightward, State state, const Next& next);
  bool match_look(const LookStep& step, const State& state);

  bool match_before(const std::vector<Level>& path, State state, const Next& next);
  bool match_after(const std::vector<Level>& path, State state, const Next& next);
  std::optional<State> take_anchor(const Step& anchor, const Candidate& candidate, State state) const;

  bool holds(const Condition& condition, std::uint32_t token) const;
  bool fits(const AnnoStep& step, const AnnotationView& annotation) const;
  bool is_rest(const RestStep& step, text::TokenRange range) const;
  bool at(Border border, std::uint32_t position) const;
  std::uint32_t token_count() const { return static_cast<std::uint32_t>(input_.document.tokens().size()); }

  MatchInput input_;
  text::TokenRange unit_;
  int work_ = 0;
};

}  // namespace kutip::matching
