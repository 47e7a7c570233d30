#include "matching/lazy_automaton.h"

#include <algorithm>
#include <utility>

namespace kutip::matching {
namespace {

constexpr std::uint32_t kMatch = 0xFFFFFFFF, kDead = 0xFFFFFFFE;
constexpr std::uint32_t kStart = 0x80000000;      // + a code's id: the state before its first token
constexpr std::uint32_t kEndOfUnit = 0xFFFFFFFF;  // instead of a row
// Beyond these all is forgotten: some ten megabytes at most.
constexpr std::size_t kMostTransitions = 1 << 16, kMostStates = 1 << 14, kMostRows = 1 << 14;
constexpr std::size_t kMostOfOneText = 1 << 14;

// Where a walk through a code may stand at a border: before an instruction, or inside one that has taken a token.
constexpr std::uint32_t before(std::uint32_t instruction) {
  return 2 * instruction;
}
constexpr std::uint32_t inside(std::uint32_t instruction) {
  return 2 * instruction + 1;
}

// Takes all walks through a code over one token, or to the end of the unit.
class Walks {
 public:
  // `facts` is null at the end.
  Walks(const Program::Impl& program, const Code& code, const std::uint64_t* facts, std::uint64_t types)
      : program_(program), code_(code), facts_(facts), types_(types), seen_(2 * code.instructions.size()) {}

  void go_from(std::uint32_t position) {
    go_to(position);
    while (!open_.empty() && !matches_) {
      const std::uint32_t next = open_.back();
      open_.pop_back();
      next % 2 == 0 ? enter(next / 2) : stay(next / 2);
    }
  }
  bool matches() const { return matches_; }
  // Where the walks stand behind the token, in order.
  std::vector<std::uint32_t> positions() && {
    std::sort(taken_.begin(), taken_.end());
    taken_.erase(std::unique(taken_.begin(), taken_.end()), taken_.end());
    return std::move(taken_);
  }

 private:
  void go_to(std::uint32_t position) {
    if (seen_[position]) return;
    seen_[position] = true;
    open_.push_back(position);
  }
  void take_to(std::uint32_t position) { taken_.push_back(position); }

  bool may_hold(std::uint32_t condition) const {
    return facts_ != nullptr && program_.conditions[condition].may_hold(facts_, types_);
  }
  bool any_may_hold(const std::vector<std::uint32_t>& conditions) const {
    return std::any_of(conditions.begin(), conditions.end(), [this](auto condition) { return may_hold(condition); });
  }
  // True if the condition holds for all tokens that look like this one.
  bool surely_holds(std::uint32_t condition) const {
    return condition != kNoCondition && may_hold(condition) && program_.conditions[condition].is_known_by_facts();
  }
  bool admits(std::uint16_t guard) const {
    if (guard == 0) return true;
    if (facts_ == nullptr) return false;
    const Guard& asked = program_.guards[guard - 1];
    return asked.admits_facts(facts_) || (types_ & asked.annotations) != 0;
  }

  bool may_pass(const Peek& peek) const {
    if (peek.ahead != (code_.direction == Direction::kRightward)) return true;
    if (peek.wanted) return any_may_hold(peek.conditions);
    return std::none_of(peek.conditions.begin(), peek.conditions.end(),
                        [this](auto condition) { return surely_holds(condition); });
  }
  bool may_pass(const Look& look) const {
    return !look.wanted || look.code.direction != code_.direction || admits(look.code.guard);
  }
  // A token inside what a step of several tokens takes.
  bool may_take_part(const Instruction& instruction) const {
    if (facts_ == nullptr) return false;
    switch (instruction.op) {
      case Op::kRun:
        return any_may_hold(program_.runs[instruction.operand].conditions);
      case Op::kLexicon: {
        const TokenClass& in = program_.lexicon_tests[instruction.operand].in;
        return (facts_[in.column] & in.bit) != 0;
      }
      case Op::kAnnotation:
        return (types_ & program_.annotation_tests[instruction.operand].types) != 0;
      case Op::kGap:
        return !surely_holds(program_.gaps[instruction.operand].never);
      case Op::kRest:
        return !surely_holds(program_.rests[instruction.operand].never);
      default:
        return false;
    }
  }

  void enter(std::uint32_t i) {
    const Instruction& instruction = code_.instructions[i];
    switch (instruction.op) {
      case Op::kToken:
        if (may_hold(instruction.operand)) take_to(before(i + 1));
        return;
      case Op::kTokenOf:
        if (any_may_hold(program_.condition_lists[instruction.operand])) take_to(before(i + 1));
        return;
      case Op::kRun:
        if (program_.runs[instruction.operand].min == 0) leave(i);
        break;
      case Op::kLexicon:
      case Op::kAnnotation:
        break;
      case Op::kGap:
      case Op::kRest:  // a rest that begins behind its border has no token
        go_to(before(i + 1));
        break;
      case Op::kPeek:
        if (may_pass(program_.peeks[instruction.operand])) go_to(before(i + 1));
        return;
      case Op::kLook:
        if (may_pass(program_.looks[instruction.operand])) go_to(before(i + 1));
        return;
      case Op::kSplit:
        if (admits(instruction.guard)) go_to(before(i + 1));
        if (admits(instruction.other)) go_to(before(instruction.operand));
        return;
      case Op::kJump:
        go_to(before(instruction.operand));
        return;
      case Op::kAt:
      case Op::kSave:
        go_to(before(i + 1));
        return;
      case Op::kAccept:
        matches_ = true;
        return;
      case Op::kFail:
        return;
    }
    if (may_take_part(instruction)) take_to(inside(i));
  }

  void stay(std::uint32_t i) {
    leave(i);
    if (may_take_part(code_.instructions[i])) take_to(inside(i));
  }

  void leave(std::uint32_t i) {
    const Instruction& instruction = code_.instructions[i];
    if (instruction.op != Op::kRun || admits(instruction.other)) go_to(before(i + 1));
  }

  const Program::Impl& program_;
  const Code& code_;
  const std::uint64_t* facts_;
  std::uint64_t types_;
  std::vector<bool> seen_;
  std::vector<std::uint32_t> open_, taken_;
  bool matches_ = false;
};

}  // namespace

bool LazyAutomaton::may_match(const Program::Impl& program, const Code& code, const MatchInput& input,
                              text::TokenRange unit, std::uint32_t start) {
  if (input.facts.version() != facts_version_) begin_text(input);
  const bool rightward = code.direction == Direction::kRightward;
  std::uint32_t state = kStart | code.id;
  std::uint32_t position = start;
  for (std::uint32_t i = 0; i < kMostTokens; ++i) {
    const bool at_end = position == (rightward ? unit.end : unit.begin);
    const std::uint32_t token = rightward ? position : position - 1;
    const std::uint64_t types = at_end ? 0 : input.annotations.types_over(token) & program.asked_types;
    Transition& transition = find(types, state, at_end ? kEndOfUnit : row_of(token, input));
    if (transition.generation != generation_) {
      if (may_make_ == 0) return true;
      --may_make_;
      const std::uint32_t row = at_end ? kEndOfUnit : row_of(token, input);
      const std::uint32_t next = next_of(program, code, state, at_end ? nullptr : input.facts.of(token), types);
      ++used_;
      transition = {types, state, row, next, generation_};
    }
    if (transition.next == kMatch) return true;
    if (transition.next == kDead) return false;
    state = transition.next;
    position = rightward ? position + 1 : position - 1;
  }
  return true;
}

// A text may have about as many transitions made as it has tokens, so that one like no other costs little more.
void LazyAutomaton::begin_text(const MatchInput& input) {
  facts_version_ = input.facts.version();
  const std::size_t tokens = input.document.tokens().size();
  may_make_ = static_cast<std::uint32_t>(std::min(64 + 2 * tokens, kMostOfOneText));
  if (used_ + may_make_ > kMostTransitions || states_.size() > kMostStates || rows_.size() > kMostRows ||
      asked_rows_.size() > kMostTransitions)
    forget();
  row_of_token_.assign(tokens, 0);
  while (2 * (used_ + may_make_) > transitions_.size()) grow();
}

std::uint32_t LazyAutomaton::row_of(std::uint32_t token, const MatchInput& input) {
  std::uint32_t& known = row_of_token_[token];
  if (known == 0) known = 1 + rows_.number_of(input.facts.kind(), {input.facts.of(token), input.facts.columns()});
  return known - 1;
}

LazyAutomaton::Transition& LazyAutomaton::find(std::uint64_t types, std::uint32_t state, std::uint32_t row) {
  const std::size_t mask = transitions_.size() - 1;
  const std::uint64_t key = ((std::uint64_t{state} << 32) | row) + types * 0xC2B2AE3D27D4EB4Fu;
  std::size_t i = (((key ^ (key >> 29)) * 0x9E3779B97F4A7C15u) >> 32) & mask;
  for (;; i = (i + 1) & mask) {
    Transition& slot = transitions_[i];
    if (slot.generation != generation_) return slot;
    if (slot.state == state && slot.row == row && slot.types == types) return slot;
  }
}

// Of tokens that differ in nothing the program asks about, only the first costs more than a look-up.
std::uint32_t LazyAutomaton::next_of(const Program::Impl& program, const Code& code, std::uint32_t state,
                                     const std::uint64_t* facts, std::uint64_t types) {
  if (facts == nullptr) return make(program, code, state, facts, types);
  asked_.assign(1, types);
  for (std::size_t column = 0; column < program.asked_facts.size(); ++column) {
    const std::uint64_t asked = program.asked_facts[column];
    if (asked != 0) asked_.push_back(facts[column] & asked);
  }
  const std::uint32_t number = asked_rows_.number_of(state, asked_);
  if (number == next_of_asked_.size()) next_of_asked_.push_back(make(program, code, state, facts, types));
  return next_of_asked_[number];
}

std::uint32_t LazyAutomaton::make(const Program::Impl& program, const Code& code, std::uint32_t state,
                                  const std::uint64_t* facts, std::uint64_t types) {
  Walks walks(program, code, facts, types);
  if ((state & kStart) != 0) {
    walks.go_from(before(0));
  } else {
    const Positions& positions = *positions_of_state_[state];
    for (auto i = positions.begin() + 1; i != positions.end(); ++i) walks.go_from(*i);
  }
  if (walks.matches()) return kMatch;
  Positions next = std::move(walks).positions();
  return next.empty() ? kDead : state_of(code, std::move(next));
}

std::uint32_t LazyAutomaton::state_of(const Code& code, Positions positions) {
  positions.insert(positions.begin(), code.id);
  const auto [known, is_new] = states_.emplace(std::move(positions), static_cast<std::uint32_t>(states_.size()));
  if (is_new) positions_of_state_.push_back(&known->first);
  return known->second;
}

std::size_t LazyAutomaton::Hash::operator()(const Positions& positions) const {
  std::uint64_t hash = positions.size();
  for (const std::uint32_t position : positions) hash = (hash ^ position) * 0x9E3779B97F4A7C15u;
  return hash ^ (hash >> 32);
}

void LazyAutomaton::grow() {
  std::vector<Transition> old(std::max<std::size_t>(1024, 2 * transitions_.size()));
  std::swap(old, transitions_);
  const std::uint32_t generation = std::exchange(generation_, 1);
  for (const Transition& transition : old) {
    if (transition.generation != generation) continue;
    Transition& slot = find(transition.types, transition.state, transition.row);
    slot = transition;
    slot.generation = generation_;
  }
}

void LazyAutomaton::forget() {
  rows_.clear();
  asked_rows_.clear();
  next_of_asked_.clear();
  states_.clear();
  positions_of_state_.clear();
  used_ = 0;
  ++generation_;
}

}  // namespace kutip::matching
