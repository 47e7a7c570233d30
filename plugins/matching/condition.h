#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "matching/match_input.h"
#include "matching/pattern.h"

namespace kutip::matching {

// A Condition made ready: word sets sorted, the cheap parts together in front.
class CompiledCondition {
 public:
  explicit CompiledCondition(const Condition& condition);

  // True if all given parts hold for the token. `scratch` is memory to reuse. Tests the cheapest parts first.
  bool holds(std::uint32_t token, const MatchInput& input, std::string& scratch) const;

 private:
  bool spelling_holds(const text::Token& token, const text::Document& document, std::string& scratch) const;
  bool cover_holds(std::uint32_t token, const LexiconHits& hits) const;

  std::uint16_t shape_, not_shape_, min_length_, max_length_;
  bool has_lower_, has_cover_, has_spelling_;
  std::uint64_t anno_, not_anno_;
  Condition rest_;
};

}  // namespace kutip::matching
