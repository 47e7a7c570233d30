#pragma once

#include <cstdint>
#include <limits>
#include <unordered_map>
#include <vector>

#include "matching/pattern.h"
#include "matching/program_impl.h"

namespace kutip::matching {

// Writes the instructions of steps; what they refer to goes into the program. Steps must outlive it.
class CodeBuilder {
 public:
  // Codes are cut off, for size_exceeded() to tell, at `max_size`: a look-around counts once, a gap as its `max`.
  CodeBuilder(Program::Impl& program, std::uint32_t max_size) : program_(program), max_size_(max_size) {}

  // Begins a code. One is built at a time: begin, write its steps, finish.
  void begin(Direction direction);
  // steps[first, last), in the direction of the code.
  void add_steps(const Steps& steps, std::size_t first, std::size_t last);
  // The step from its min-th to its max-th time, without its capture.
  void add_repeats(const Step& step, std::uint32_t min, std::uint32_t max);
  void add_save(CaptureId capture, bool end);
  Code finish();

  // The operand of a token, lexicon or annotation step.
  std::uint32_t operand_of(const Step& step);

  std::uint32_t size() const { return size_; }
  bool size_exceeded() const { return size_ > max_size_; }
  // From here on codes may have any size.
  void lift_limit() { max_size_ = std::numeric_limits<std::uint32_t>::max(); }

 private:
  void add_step(const Step& step);
  void add_once(const Step& step);
  void add_alternatives(const AnyStep& any);
  std::uint32_t emit(Op op, std::uint32_t operand = 0);
  std::uint32_t here() const { return static_cast<std::uint32_t>(code_.instructions.size()); }
  void land_here(const std::vector<std::uint32_t>& from);
  std::uint32_t add_condition(const Condition& condition);
  std::uint32_t add_condition(const std::optional<Condition>& condition);
  std::uint32_t add_operand(const Step& step);
  std::uint32_t add_look(const LookStep& look);

  Program::Impl& program_;
  std::uint32_t max_size_;
  std::uint32_t size_ = 0;
  std::uint32_t states_ = 0;
  Code code_;
  bool next_is_shared_ = true;
  std::unordered_map<const Step*, std::uint32_t> operands_;  // steps are written out several times
};

}  // namespace kutip::matching
