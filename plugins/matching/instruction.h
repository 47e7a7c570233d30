#pragma once

#include <cstdint>
#include <vector>

namespace kutip::matching {

enum class Op : std::uint8_t {
  kToken,       // conditions[operand]
  kTokenOf,     // any of condition_lists[operand]
  kRun,         // runs[operand]: most tokens first
  kLexicon,     // lexicon_tests[operand]: longest entry first
  kAnnotation,  // annotation_tests[operand]: longest annotation first
  kGap,         // gaps[operand]: fewest tokens first
  kRest,        // rests[operand]
  kAt,          // static_cast<Border>(operand)
  kPeek,        // peeks[operand]
  kLook,        // looks[operand]
  kSplit,       // first the next instruction, then instructions[operand]
  kJump,        // to instructions[operand]
  kSave,        // operand = 2 * capture, + 1 for its end
  kAccept,
  kFail,
};

// Control only ever moves to instructions with higher indices: repeats are written out.
struct Instruction {
  Op op = Op::kFail;
  // Can be reached at one token from several others or from several tokens, so that whether it was tried has to be
  // remembered. All others are tried no oftener than the one before them.
  bool shared = false;
  // Of kSplit: what the next token must pass for the next instruction, and for the operand, to have a chance.
  // Of kRun: `other` for what follows the run.
  std::uint16_t guard = 0, other = 0;  // 1 + index of guards; 0: none
  std::uint16_t step = 0;              // of the pattern's outermost list, that it was written for
  std::uint32_t operand = 0;
};

enum class Direction : std::uint8_t { kRightward, kLeftward };

// Instructions that match from one token border in one direction.
struct Code {
  Direction direction = Direction::kRightward;
  std::uint16_t guard = 0;        // for the first token; as in Instruction
  std::uint32_t id = 0;           // no other code of this process has it
  bool is_costly = false;         // a search through it costs more than asking LazyAutomaton first
  std::uint32_t first_state = 0;  // instruction i is state first_state + i: unique in the program
  std::vector<Instruction> instructions;
};

}  // namespace kutip::matching
