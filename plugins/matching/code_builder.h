#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "matching/first_tokens.h"
#include "matching/pattern.h"
#include "matching/program_impl.h"

namespace kutip::matching {

// Writes the instructions of steps; what they refer to goes into the program. Steps must outlive it.
class CodeBuilder {
 public:
  // Codes are cut off, for size_exceeded() to tell, at `max_size`: a look-around counts once, a gap as its `max`.
  // The classes that conditions ask for are added to `classes`.
  CodeBuilder(Program::Impl& program, TokenClasses& classes, std::uint32_t max_size)
      : program_(program),
        classes_(classes),
        max_size_(max_size),
        first_rightward_(Direction::kRightward, classes),
        first_leftward_(Direction::kLeftward, classes) {}

  // Begins a code. One is built at a time: begin, write its steps, finish. In each, `then` is what the next token must
  // be after the steps written.
  void begin(Direction direction);
  // Instructions are written for a step of the pattern's outermost list: as add_steps() goes through `outermost`, for
  // the step it is at; else for the one given here.
  void number_steps(const Steps* outermost, std::size_t step);
  // steps[first, last), in the direction of the code.
  void add_steps(const Steps& steps, std::size_t first, std::size_t last, const FirstTokens& then);
  // The step from its min-th to its max-th time, without its capture.
  void add_repeats(const Step& step, std::uint32_t min, std::uint32_t max, const FirstTokens& then);
  void add_save(CaptureId capture, bool end);
  // `first` is what the first token of the code must be.
  Code finish(const FirstTokens& first);

  // First tokens in the direction of the code.
  FirstTokenFinder& first_tokens() {
    return code_.direction == Direction::kRightward ? first_rightward_ : first_leftward_;
  }

  // Notes what each required step but `except` needs some token for.
  void add_needs(const Steps& steps, const Step& except);

  // The operand of a token, lexicon or annotation step.
  std::uint32_t operand_of(const Step& step);
  // The same for a token step whose word is known to be one of `lower`: the rest of the condition.
  std::uint32_t operand_behind_word(const TokenStep& step);

  std::uint32_t size() const { return size_; }
  bool size_exceeded() const { return size_ > max_size_; }

 private:
  using Conditions = std::vector<const Condition*>;

  void add_step(const Step& step, const FirstTokens& then);
  void add_once(const Step& step, const FirstTokens& then);
  bool add_run(const Step& step, std::uint32_t min, std::uint32_t max, const FirstTokens& then);
  void add_alternatives(const AnyStep& any, const FirstTokens& then);
  std::uint16_t guard_of(const AnyStep& any, std::size_t first, std::size_t last, const FirstTokens& then);
  void add_token_of(const Conditions& conditions);
  std::uint32_t emit(Op op, std::uint32_t operand = 0);
  std::uint32_t here() const { return static_cast<std::uint32_t>(code_.instructions.size()); }
  void land_here(const std::vector<std::uint32_t>& from);
  std::uint16_t add_guard(const FirstTokens& first);
  std::uint32_t add_condition(const Condition& condition);
  std::uint32_t add_condition(const std::optional<Condition>& condition);
  std::vector<std::uint32_t> add_conditions(const Conditions& conditions);
  std::uint32_t add_operand(const Step& step);
  std::uint32_t add_look(const LookStep& look);

  Program::Impl& program_;
  TokenClasses& classes_;
  std::uint32_t max_size_;
  FirstTokenFinder first_rightward_, first_leftward_;
  std::uint32_t size_ = 0;
  std::uint32_t states_ = 0;
  Code code_;
  const Steps* outermost_ = nullptr;
  std::uint16_t step_ = 0;
  bool next_is_shared_ = true;
  std::unordered_map<const Step*, std::uint32_t> operands_;  // steps are written out several times
  std::unordered_map<const Condition*, std::uint32_t> conditions_;
};

}  // namespace kutip::matching
