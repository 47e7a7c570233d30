#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <vector>

#include "matching/condition.h"
#include "matching/instruction.h"
#include "matching/matcher.h"
#include "matching/pattern.h"
#include "matching/program.h"
#include "matching/version.h"

// What a Program is made of; for the sources of this folder.
namespace kutip::matching {

inline constexpr std::uint32_t kNoCondition = std::numeric_limits<std::uint32_t>::max();

// What a token must have for steps to match that take it first. Cheaper than trying: see first_tokens.h.
struct Guard {
  std::array<CompiledCondition::Necessary, 8> facts;  // any of these
  std::uint32_t count = 0;
  std::uint64_t annotations = 0;  // or one of these types over it

  friend bool operator==(const Guard&, const Guard&) = default;
  bool admits(std::uint32_t token, const MatchInput& input) const {
    return admits_facts(input.facts.of(token)) ||
           (annotations != 0 && (input.annotations.types_over(token) & annotations) != 0);
  }
  // The same for a whole sentence: some token of it.
  bool admits_sentence(std::uint32_t sentence, std::uint64_t types, const TokenFacts& all) const {
    return (types & annotations) != 0 || admits_facts(all.in_sentence(sentence));
  }
  bool admits_facts(const std::uint64_t* bits) const {
    for (std::uint32_t i = 0; i < count; ++i)
      if ((bits[facts[i].column] & facts[i].any) != 0) return true;
    return false;
  }
};

// Some tokens that meet one of the conditions each.
struct Run {
  std::vector<std::uint32_t> conditions;
  std::uint32_t min = 0, max = 0;
};

// The next token in the direction of the code, which is not taken.
struct Peek {
  bool ahead = true;   // rightward
  bool wanted = true;  // false: no token, or none that meets one of the conditions
  std::vector<std::uint32_t> conditions;
};

struct LexiconTest {
  std::vector<std::uint64_t> lexicons;  // bits by LexiconId, up to the last that is wanted
  TokenClass in;                        // of the tokens inside their entries
  bool has(LexiconId lexicon) const {
    return lexicon / 64u < lexicons.size() && (lexicons[lexicon / 64u] >> (lexicon % 64u) & 1) != 0;
  }
};

struct AnnotationTest {
  std::uint64_t types = 0;  // type_bit()s
  std::uint32_t min_tokens = 1, max_tokens = 0;
  std::uint32_t forms = 0;
  std::uint32_t first = kNoCondition, last = kNoCondition;  // indices of conditions
};

struct Gap {
  std::uint32_t max = 0;
  std::uint32_t never = kNoCondition;
};

struct Rest {
  bool to_end = true;  // of the sentence; false: to its start
  std::uint32_t min_tokens = 1, max_tokens = 0;
  std::uint32_t never = kNoCondition;
};

struct Look {
  bool wanted = true;
  Code code;
};

// One way of taking the anchor: the only one, but for a step with alternatives.
struct AnchorOption {
  Op op = Op::kToken;  // kToken, kLexicon or kAnnotation
  std::uint32_t operand = 0;
  std::vector<CaptureId> captures;  // of the alternative itself
};

struct Program::Impl {
  std::uint64_t version = new_version();  // tells programs apart, though one may come to lie where another lay

  bool holds(std::uint32_t condition, std::uint32_t token, const MatchInput& input) const {
    return conditions[condition].holds(token, input);
  }
  bool fits(const AnnotationTest& test, const AnnotationView& annotation, const MatchInput& input) const;
  // True if a candidate's range is what the option takes, once its word, shape, entry or annotation is known to fit.
  bool anchor_holds(const AnchorOption& option, const Candidate& candidate, const MatchInput& input) const;

  std::vector<CompiledCondition> conditions;
  std::vector<std::vector<std::uint32_t>> condition_lists;
  std::vector<Run> runs;
  std::vector<Peek> peeks;
  std::vector<Guard> guards;
  std::vector<LexiconTest> lexicon_tests;
  std::vector<AnnotationTest> annotation_tests;
  std::vector<Gap> gaps;
  std::vector<Rest> rests;
  std::vector<Look> looks;

  // Empty in programs for occurs() only.
  std::vector<Guard> needs;     // each by some token of a match besides the anchor
  std::vector<Anchor> anchors;  // parallel to anchor_options
  std::vector<AnchorOption> anchor_options;
  Code before;  // leftward from the anchor's begin
  Code after;   // rightward from its end
  // The whole pattern from one border: only in programs for occurs().
  Code whole_rightward;
  Code whole_leftward;

  // What any code asks about: types of annotations, bits of TokenFacts by column.
  std::uint64_t asked_types = 0;
  std::vector<std::uint64_t> asked_facts;
  std::uint32_t step_count = 0;   // of the pattern's outermost list
  std::uint32_t anchor_step = 0;  // the one that is the anchor or holds it
  std::uint32_t states = 0;       // instructions of all codes
  std::uint32_t size = 0;
  std::uint32_t capture_count = 0;
};

}  // namespace kutip::matching
