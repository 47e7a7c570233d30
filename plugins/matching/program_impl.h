#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "matching/condition.h"
#include "matching/instruction.h"
#include "matching/pattern.h"
#include "matching/program.h"
#include "matching/version.h"

// What a Program is made of; for the sources of this folder.
namespace kutip::matching {

inline constexpr std::uint32_t kNoCondition = std::numeric_limits<std::uint32_t>::max();

struct AnnotationTest {
  std::vector<TypeId> types;
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

  std::vector<CompiledCondition> conditions;
  std::vector<std::vector<LexiconId>> lexicon_sets;
  std::vector<AnnotationTest> annotation_tests;
  std::vector<Gap> gaps;
  std::vector<Rest> rests;
  std::vector<Look> looks;

  // Empty in programs for occurs() only.
  std::vector<Anchor> anchors;  // parallel to anchor_options
  std::vector<AnchorOption> anchor_options;
  Code before;  // leftward from the anchor's begin
  Code after;   // rightward from its end
  // The whole pattern from one border, for occurs().
  Code whole_rightward;
  Code whole_leftward;

  std::uint32_t size = 0;
  std::uint32_t capture_count = 0;
};

}  // namespace kutip::matching
