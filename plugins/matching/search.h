#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "matching/match_input.h"
#include "matching/program_impl.h"
#include "matching/sentence_edges.h"
#include "matching/state_table.h"
#include "matching/step_counts.h"
#include "text/span.h"

namespace kutip::matching {

// Something that happened on the way from one token border to another.
struct TrailItem {
  enum class Kind : std::uint32_t { kTried, kSave, kEntry, kAnnotation } kind = Kind::kTried;
  std::uint32_t id = 0;    // state, slot (see Op::kSave), EntryId, or index of an annotation
  text::TokenRange range;  // of the entry or annotation; its begin is where a state was tried or a slot saved
};

// A possibility to come back to.
struct Branch {
  std::uint32_t instruction = 0;
  std::uint32_t position = 0;
  std::uint32_t trail = 0;   // how many items lie before it
  std::uint32_t choice = 0;  // which possibility of the instruction, counted as it likes; 0: none was tried yet
};

// Memory of searches, to be reused.
struct SearchMemory {
  StateCounts* counts = nullptr;  // if not null, what searches do is counted there
  StateTable states;
  std::vector<TrailItem> trail;
  std::vector<Branch> branches;
  std::vector<std::uint32_t> annotations;
  std::optional<std::uint32_t> sentence;  // that `edges` are of
  SentenceEdges edges;
  std::uint64_t visited = 0;  // states, ever
};

// Runs the codes of one program in one unit of a document from any token border: depth first, first possibilities
// first, never trying a shared instruction twice at one border. After RE2's BitState (bitstate.cc), which has the same
// bound.
class Search {
 public:
  // REQUIRES: what `memory.states` holds is from searches with equal arguments, `memory.sentence` from this document.
  Search(const Program::Impl& program, const MatchInput& input, text::TokenRange unit, SearchMemory& memory)
      : program_(program), input_(input), unit_(unit), memory_(memory) {}

  // Where the code's match from `start` leads (to `end`, if given), its way appended to memory.trail; nullopt if there
  // is none. REQUIRES: `start` is a border of the unit or inside it; a code is run with the same `end` each time.
  std::optional<std::uint32_t> run(const Code& code, std::uint32_t start,
                                   std::optional<std::uint32_t> end = std::nullopt);

  bool condition_holds(std::uint32_t condition, std::uint32_t token) const {
    return program_.holds(condition, token, input_);
  }
  // True if the next token in the direction of the code has what the code's first token must have.
  bool may_match(const Code& code, std::uint32_t start) const {
    return admits(code.guard, start, code.direction == Direction::kRightward);
  }

 private:
  // Where a walk through a code stands.
  struct Walker {
    const Code& code;
    Branch at;
    bool rightward() const { return code.direction == Direction::kRightward; }
    const Instruction& instruction() const { return code.instructions[at.instruction]; }
    std::uint32_t state() const { return code.first_state + at.instruction; }
  };

  template <bool kCounted>
  std::optional<std::uint32_t> run_code(const Code& code, std::uint32_t start, std::optional<std::uint32_t> end);
  template <bool kCounted>
  bool walk(Walker& walker, std::optional<std::uint32_t> end);
  bool is_new(std::uint32_t state, std::uint32_t position);
  void come_back(const Walker& walker, std::uint32_t choice);
  void forget_tried(std::size_t first_item);

  // Each moves the walker over one step in its direction and leaves its other possibilities for later; false if there
  // is none.
  bool take_run(Walker& walker);
  bool take_entry(Walker& walker);
  bool take_annotation(Walker& walker);
  bool take_gap(Walker& walker);
  bool take_rest(Walker& walker);
  bool take_rest_from_border(Walker& walker, const Rest& rest);
  bool peek(const Peek& peek, std::uint32_t position) const;
  bool look(const Walker& walker);

  static constexpr std::uint32_t kNoToken = 0xFFFFFFFF;
  // The next token from a border, or kNoToken at the end of the unit.
  std::uint32_t next_token(std::uint32_t position, bool rightward) const {
    if (rightward) return position < unit_.end ? position : kNoToken;
    return position > unit_.begin ? position - 1 : kNoToken;
  }
  bool admits(std::uint16_t guard, std::uint32_t position, bool rightward) const {
    if (guard == 0) return true;
    const std::uint32_t token = next_token(position, rightward);
    return token != kNoToken && program_.guards[guard - 1].admits(token, input_);
  }
  bool any_holds(const std::vector<std::uint32_t>& conditions, std::uint32_t token) const;
  void add_to_trail(TrailItem::Kind kind, std::uint32_t id, text::TokenRange range);
  const SentenceEdges& edges_of(std::uint32_t token);
  bool at_border(Border border, std::uint32_t position);
  std::uint32_t rest_end(const Rest& rest, std::uint32_t position);
  std::uint32_t clean_limit(const Walker& walker, const Rest& rest, const SentenceEdges& edges);

  const Program::Impl& program_;
  const MatchInput& input_;
  text::TokenRange unit_;
  SearchMemory& memory_;
};

}  // namespace kutip::matching
