#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "matching/match_input.h"
#include "matching/program_impl.h"
#include "matching/row_table.h"
#include "text/span.h"

namespace kutip::matching {

// Tells cheaply that a code cannot match from a border: a deterministic automaton whose states are sets of
// instructions, made when a text first needs them (after RE2's dfa.cc). It takes counts of repeats, borders, lengths
// and what a look holds as met, so it may say yes where there is no match, but never no where there is one. Keeps what
// it made from text to text; used by one thread.
class LazyAutomaton {
 public:
  // False: the code has no match from `start`, a border of the unit or inside it. A look-up for each token, of which at
  // most kMostTokens are looked at; making a transition costs O(instructions of the code).
  bool may_match(const Program::Impl& program, const Code& code, const MatchInput& input, text::TokenRange unit,
                 std::uint32_t start);

  static constexpr std::uint32_t kMostTokens = 48;

 private:
  using Positions = std::vector<std::uint32_t>;

  // What a state does at a token of some row, or at the end of the unit.
  struct Transition {
    std::uint64_t types = 0;  // of annotations over the token, those that the code asks for
    std::uint32_t state = 0, row = 0;
    std::uint32_t next = 0;  // or kMatch, kDead
    std::uint32_t generation = 0;
  };

  void begin_text(const MatchInput& input);
  std::uint32_t row_of(std::uint32_t token, const MatchInput& input);
  Transition& find(std::uint64_t types, std::uint32_t state, std::uint32_t row);
  std::uint32_t next_of(const Program::Impl& program, const Code& code, std::uint32_t state, const std::uint64_t* facts,
                        std::uint64_t types);
  std::uint32_t make(const Program::Impl& program, const Code& code, std::uint32_t state, const std::uint64_t* facts,
                     std::uint64_t types);
  std::uint32_t state_of(const Code& code, Positions positions);
  void grow();
  void forget();

  RowTable rows_;
  std::vector<std::uint32_t> row_of_token_;  // 1 + number in rows_; 0: not looked up yet
  std::uint64_t facts_version_ = 0;
  std::uint32_t may_make_ = 0;  // transitions that the text may still have made

  std::vector<Transition> transitions_;  // open addressing, power of two, at most half full
  std::size_t used_ = 0;
  std::uint32_t generation_ = 1;  // a slot of another one is free
  // The same by what a program asks of a row.
  RowTable asked_rows_;
  std::vector<std::uint32_t> next_of_asked_;  // by number in asked_rows_
  std::vector<std::uint64_t> asked_;

  struct Hash {
    std::size_t operator()(const Positions& positions) const;
  };
  std::unordered_map<Positions, std::uint32_t, Hash> states_;  // the code's id first
  std::vector<const Positions*> positions_of_state_;
};

}  // namespace kutip::matching
