#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "matching/annotation_index.h"
#include "matching/lexicon.h"
#include "matching/program.h"
#include "text/document.h"

namespace kutip::matching {

// What patterns are matched against: a document with what was found in it so far. All referenced objects outlive it.
struct MatchInput {
  const text::Document& document;
  const LexiconHits& lexicon_hits;
  const AnnotationIndex& annotations;
};

// What a capture took. `annotation` (index into AnnotationIndex::all()) and `entry` are set if the captured step took
// exactly one.
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
};

// Finds the anchors of many rules in one pass over a document. Immutable; thread-safe.
class CandidateFinder {
 public:
  // programs[i] belongs to rule ids[i]; only these rules are looked for.
  CandidateFinder(std::span<const Program* const> programs, std::span<const RuleId> ids, std::uint32_t vocabulary_size,
                  std::size_t lexicon_count);
  CandidateFinder(CandidateFinder&&) noexcept;
  CandidateFinder& operator=(CandidateFinder&&) noexcept;
  ~CandidateFinder();

  // Appends the candidates, by rule, then by begin. O(tokens + hits + annotations + candidates * log(candidates)),
  // whatever the number of rules.
  void find(const MatchInput& input, std::vector<Candidate>& out) const;

 private:
  struct Impl;
  std::unique_ptr<const Impl> impl_;
};

// Matches programs; holds the memory that matching needs. One per thread, reused.
//
// Each (instruction, token) pair is tried at most once per call and failures are remembered across the calls for one
// rule in one unit, so the cost is O(program size * tokens reached); after RE2's BitState (bitstate.cc), which has the
// same bound.
class Matcher {
 public:
  Matcher();
  Matcher(Matcher&&) noexcept;
  ~Matcher();

  // Matches `program` around one candidate inside `unit`. Returns false if there is none; fills `out` otherwise.
  bool match(const Program& program, const MatchInput& input, const Candidate& candidate, text::TokenRange unit,
             Match& out);

  // True if the program matches anywhere with its whole match inside `within`; with `at_begin` (`at_end`) only a match
  // counts that begins (ends) where `within` does. For suppress_when.
  bool occurs(const Program& program, const MatchInput& input, text::TokenRange within, bool at_begin, bool at_end);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kutip::matching
