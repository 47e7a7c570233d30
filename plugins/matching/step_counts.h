#pragma once

#include <cstdint>
#include <vector>

namespace kutip::matching {

class Program;

// How often one state of a program was tried, for profiles.
struct StateCount {
  std::uint64_t visits = 0;   // (instruction, token) pairs, with those of going through another possibility
  std::uint64_t entries = 0;  // without these
  void count(bool entered) {
    ++visits;
    entries += entered ? 1 : 0;
  }
};
using StateCounts = std::vector<StateCount>;  // by state

// As many zeros as the program has states.
StateCounts no_counts(const Program& program);

// What one step of a pattern's outermost list did.
struct StepCount {
  std::uint64_t reached = 0;  // times it was tried behind what was matched before; of the anchor, its occurrences
  std::uint64_t passed = 0;   // times what follows it was tried, or, of the last step on a side, that side was done
  std::uint64_t states = 0;   // (instruction, token) pairs
};

// By index of the steps. `candidates`: how many were matched while counting. A step is not reached where a look at its
// first token rules it out, and not twice at the same token. REQUIRES: compile() made the program; `counts` are its.
std::vector<StepCount> step_counts(const Program& program, const StateCounts& counts, std::uint64_t candidates);

}  // namespace kutip::matching
