#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "matching/condition.h"
#include "matching/instruction.h"
#include "matching/pattern.h"
#include "matching/token_classes.h"

namespace kutip::matching {

// What is known of the first token that steps take, in one direction (the FIRST sets of parsing theory): it is in one
// of these classes, or one of these types stands over it.
struct FirstTokens {
  bool any_token = false;  // nothing is known of it
  bool none = false;       // the steps may match without taking a token
  std::vector<CompiledCondition::Necessary> facts;
  std::uint64_t annotations = 0;

  static FirstTokens unknown() { return {true, false, {}, 0}; }
  static FirstTokens nothing() { return {false, true, {}, 0}; }
  // The first token of these or of `others`.
  void add(const FirstTokens& others);
};

// Finds first tokens in one direction. Remembers those of each step; steps must outlive it.
class FirstTokenFinder {
 public:
  FirstTokenFinder(Direction direction, TokenClasses& classes) : direction_(direction), classes_(classes) {}

  // Of steps[first, last), behind which come steps that begin with `then`.
  FirstTokens of(const Steps& steps, std::size_t first, std::size_t last, FirstTokens then);
  // Of the step from its min-th to its max-th time.
  FirstTokens of_repeats(const Step& step, std::uint32_t min, std::uint32_t max, FirstTokens then);
  // Of the step, taken once.
  const FirstTokens& of_once(const Step& step);

 private:
  FirstTokens find(const Step& step);
  FirstTokens of_condition(const Condition& condition);

  Direction direction_;
  TokenClasses& classes_;
  std::unordered_map<const Step*, FirstTokens> known_;
};

}  // namespace kutip::matching
