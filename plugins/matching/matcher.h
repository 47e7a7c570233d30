#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "matching/lexicon.h"
#include "matching/match_input.h"
#include "matching/program.h"
#include "matching/step_counts.h"
#include "text/span.h"

namespace kutip::matching {

// What a capture took. `annotation` (index into AnnotationIndex::all()) and `entry` are set if the captured step took
// exactly one and nothing else. A step that took no token leaves its capture untaken; of a capture that is met several
// times (in a group that repeats) the part matched last stays, the anchor counting as later than what is left of it and
// earlier than what is right of it.
struct Capture {
  text::TokenRange range;
  std::int64_t annotation = -1;
  EntryId entry = kNoEntry;
  bool taken = false;
};

struct Match {
  text::TokenRange range;
  std::vector<Capture> captures;  // by CaptureId
};

// One occurrence of a rule's anchor.
struct Candidate {
  RuleId rule = 0;
  text::TokenRange range;        // what the anchor step takes
  std::int64_t annotation = -1;  // if it is an annotation
  EntryId entry = kNoEntry;      // if it is a lexicon entry
  std::uint32_t option = 0;      // of a rule whose anchor has alternatives: the first that takes it
};

// Finds the anchors of all rules of a grammar, by phases. Immutable; thread-safe.
class CandidateFinder {
 public:
  struct Rule {
    RuleId id = 0;
    std::uint32_t phase = 0;
    const Program* program = nullptr;
    bool within_sentence = false;  // its matches lie within the sentence of their anchor
  };
  // Memory to reuse, of one thread.
  struct Memory {
    std::vector<std::vector<Candidate>> in_text;  // by phase: those that words and entries make possible
    std::vector<Candidate> found;
    std::vector<std::uint32_t> count_of_rule;  // zeros
    std::vector<std::uint32_t> rules;
    std::vector<std::uint32_t> reach;
    std::vector<std::uint64_t> types_in_sentence;
  };

  CandidateFinder();
  CandidateFinder(std::span<const Rule> rules, std::uint32_t vocabulary_size, std::size_t lexicon_count);
  CandidateFinder(CandidateFinder&&) noexcept;
  CandidateFinder& operator=(CandidateFinder&&) noexcept;
  ~CandidateFinder();

  // Goes once through the tokens and hits of a document, for all phases. O(tokens + hits + candidates), whatever the
  // number of rules.
  void read_text(const MatchInput& input, Memory& memory) const;
  // Replaces `out` by the candidates of a phase whose anchor holds with all its conditions, but for those in whose
  // sentence something is missing that the rule needs; by rule, then by begin and
  // end; those of annotations with equal ranges as they were added. An occurrence is reported once, though it may have
  // several entries. O(annotations + candidates, and the tokens if the phase has rules that only know a shape).
  // REQUIRES: read_text() was called for the document.
  void find(std::uint32_t phase, const MatchInput& input, Memory& memory, std::vector<Candidate>& out) const;

 private:
  struct Impl;
  std::unique_ptr<const Impl> impl_;
};

// Matches programs; holds the memory that matching needs. One per thread, reused.
//
// Each (instruction, token) pair is tried at most once per call and failures are remembered across consecutive calls
// for one rule in one unit, so the cost is O(program size * (tokens reached + matches)); after RE2's BitState
// (bitstate.cc), which has the same bound.
class Matcher {
 public:
  Matcher();
  Matcher(Matcher&&) noexcept;
  ~Matcher();

  // Matches `program` around one candidate inside `unit`. Returns false if there is no match; fills `out` otherwise.
  // REQUIRES: compile() made the program, and a CandidateFinder found the candidate for it in this input.
  bool match(const Program& program, const MatchInput& input, const Candidate& candidate, text::TokenRange unit,
             Match& out);

  // States visited by all calls so far, for tests and profiles.
  std::uint64_t states_visited() const;
  // From now on also counts in `counts`, which must have room for the states of each program that is matched (see
  // step_counts.h); nullptr: no longer. Slower. What it points to must outlive the calls.
  void count_states(StateCounts* counts);

  // True if the program matches anywhere with its whole match inside `within`; with `at_begin` (`at_end`) only a match
  // counts that begins (ends) where `within` does. For suppress_when. REQUIRES: compile_exception() made the program.
  bool occurs(const Program& program, const MatchInput& input, text::TokenRange within, bool at_begin, bool at_end);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kutip::matching
