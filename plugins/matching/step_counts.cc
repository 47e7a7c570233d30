#include "matching/step_counts.h"

#include <optional>

#include "matching/program_impl.h"

namespace kutip::matching {
namespace {

class Summing {
 public:
  Summing(const Program::Impl& program, const StateCounts& counts, std::vector<StepCount>& steps)
      : program_(program), counts_(counts), steps_(steps) {}

  void add(const Code& code) {
    std::optional<std::uint16_t> before;  // the step that leads to the next one
    for (std::uint32_t i = 0; i < code.instructions.size(); ++i) {
      const Instruction& instruction = code.instructions[i];
      const StateCount& count = counts_[code.first_state + i];
      const bool accepts = instruction.op == Op::kAccept;
      if (accepts || i == 0 || code.instructions[i - 1].step != instruction.step) {
        if (before) steps_[*before].passed = count.entries;
        if (accepts) return;
        before = instruction.step;
        steps_[*before].reached = count.entries;
      }
      steps_[*before].states += states_of(instruction, count);
    }
  }

 private:
  std::uint64_t states_of(const Instruction& instruction, const StateCount& count) const {
    std::uint64_t states = count.visits;
    if (instruction.op != Op::kLook) return states;
    const Code& inside = program_.looks[instruction.operand].code;
    for (std::uint32_t i = 0; i < inside.instructions.size(); ++i)
      states += states_of(inside.instructions[i], counts_[inside.first_state + i]);
    return states;
  }

  const Program::Impl& program_;
  const StateCounts& counts_;
  std::vector<StepCount>& steps_;
};

}  // namespace

StateCounts no_counts(const Program& program) {
  return StateCounts(program.impl().states);
}

std::vector<StepCount> step_counts(const Program& program, const StateCounts& counts, std::uint64_t candidates) {
  const Program::Impl& impl = program.impl();
  std::vector<StepCount> steps(impl.step_count);
  Summing summing(impl, counts, steps);
  summing.add(impl.before);
  // Of a group around the anchor, what is left of it was passed when it was tried.
  StepCount& anchor = steps[impl.anchor_step];
  anchor.passed = candidates;
  summing.add(impl.after);
  anchor.reached = candidates;
  return steps;
}

}  // namespace kutip::matching
