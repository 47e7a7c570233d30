#include "matching/code_builder.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "matching/version.h"

namespace kutip::matching {
namespace {

// Codes of fewer instructions are searched faster than looked up: tables lie in memory far from the cache.
constexpr std::size_t kCostly = 48;

Op op_of(const Step& step) {
  struct Visitor {
    Op operator()(const TokenStep&) const { return Op::kToken; }
    Op operator()(const LexStep&) const { return Op::kLexicon; }
    Op operator()(const AnnoStep&) const { return Op::kAnnotation; }
    Op operator()(const AnyStep&) const { return Op::kSplit; }
    Op operator()(const GapStep&) const { return Op::kGap; }
    Op operator()(const RestStep&) const { return Op::kRest; }
    Op operator()(const AtStep&) const { return Op::kAt; }
    Op operator()(const LookStep&) const { return Op::kLook; }
  };
  return std::visit(Visitor{}, step.kind);
}

// True if one state can lead to several tokens: then several can lead to one.
bool has_several_ends(Op op) {
  return op == Op::kRun || op == Op::kLexicon || op == Op::kAnnotation || op == Op::kGap || op == Op::kRest;
}

template <typename T>
std::uint32_t append(std::vector<T>& list, T value) {
  list.push_back(std::move(value));
  return static_cast<std::uint32_t>(list.size() - 1);
}

bool is_once(const Step& step) {
  return step.min == 1 && step.max == 1 && !step.capture;
}

// Adds the conditions one of which a token must meet to be what the step takes once; false if that is not all the step
// does.
bool collect_conditions(const Step& step, std::vector<const Condition*>& out) {
  if (const auto* token = std::get_if<TokenStep>(&step.kind)) {
    out.push_back(&token->condition);
    return true;
  }
  const auto* any = std::get_if<AnyStep>(&step.kind);
  return any != nullptr && !any->alternatives.empty() &&
         std::all_of(any->alternatives.begin(), any->alternatives.end(), [&](const Steps& steps) {
           return steps.size() == 1 && is_once(steps[0]) && collect_conditions(steps[0], out);
         });
}

// Empty if an alternative is anything but one token.
std::vector<const Condition*> conditions_of(const Steps& alternative) {
  std::vector<const Condition*> conditions;
  if (alternative.size() != 1 || !is_once(alternative[0]) || !collect_conditions(alternative[0], conditions)) return {};
  return conditions;
}

}  // namespace

void CodeBuilder::number_steps(const Steps* outermost, std::size_t step) {
  outermost_ = outermost;
  step_ = static_cast<std::uint16_t>(step);
}

void CodeBuilder::begin(Direction direction) {
  code_ = Code{};
  code_.direction = direction;
  next_is_shared_ = true;
}

Code CodeBuilder::finish(const FirstTokens& first) {
  emit(Op::kAccept);
  code_.guard = add_guard(first);
  code_.first_state = states_;
  states_ += here();
  program_.states = states_;
  // Without a choice each call of the code walks one path: remembering it would cost more than it saves.
  const auto is_choice = [](const Instruction& i) { return i.op == Op::kSplit || has_several_ends(i.op); };
  const bool has_choice = std::any_of(code_.instructions.begin(), code_.instructions.end(), is_choice);
  code_.is_costly = has_choice && code_.instructions.size() >= kCostly;
  code_.id = new_code_id();
  if (!has_choice) {
    for (Instruction& i : code_.instructions) i.shared = false;
  }
  return std::move(code_);
}

std::uint32_t CodeBuilder::emit(Op op, std::uint32_t operand) {
  Instruction instruction;
  instruction.op = op;
  instruction.shared = std::exchange(next_is_shared_, has_several_ends(op));
  instruction.operand = operand;
  instruction.step = step_;
  code_.instructions.push_back(instruction);
  size_ += op == Op::kGap   ? program_.gaps[operand].max
           : op == Op::kRun ? 1 + 2 * program_.runs[operand].max - program_.runs[operand].min
                            : 1;
  return here() - 1;
}

void CodeBuilder::land_here(const std::vector<std::uint32_t>& from) {
  for (std::uint32_t i : from) code_.instructions[i].operand = here();
  next_is_shared_ = true;
}

std::uint16_t CodeBuilder::add_guard(const FirstTokens& first) {
  Guard guard;
  if (first.any_token || first.none || first.facts.size() > guard.facts.size()) return 0;
  std::copy(first.facts.begin(), first.facts.end(), guard.facts.begin());
  guard.count = static_cast<std::uint32_t>(first.facts.size());
  guard.annotations = first.annotations;
  const auto known = std::find(program_.guards.begin(), program_.guards.end(), guard);
  if (known != program_.guards.end()) return static_cast<std::uint16_t>(known - program_.guards.begin() + 1);
  if (program_.guards.size() >= 0xFFFE) return 0;
  return static_cast<std::uint16_t>(append(program_.guards, guard) + 1);
}

void CodeBuilder::add_save(CaptureId capture, bool end) {
  emit(Op::kSave, 2u * capture + (end ? 1 : 0));
}

void CodeBuilder::add_steps(const Steps& steps, std::size_t first, std::size_t last, const FirstTokens& then) {
  const bool rightward = code_.direction == Direction::kRightward;
  for (std::size_t i = first; i < last; ++i) {
    const std::size_t at = rightward ? i : first + last - 1 - i;
    if (&steps == outermost_) step_ = static_cast<std::uint16_t>(at);
    const FirstTokens rest =
        rightward ? first_tokens().of(steps, at + 1, last, then) : first_tokens().of(steps, first, at, then);
    add_step(steps[at], rest);
  }
}

void CodeBuilder::add_step(const Step& step, const FirstTokens& then) {
  const bool rightward = code_.direction == Direction::kRightward;
  if (step.capture) add_save(*step.capture, !rightward);
  add_repeats(step, step.min, step.max, then);
  if (step.capture) add_save(*step.capture, rightward);
}

void CodeBuilder::add_repeats(const Step& step, std::uint32_t min, std::uint32_t max, const FirstTokens& then) {
  if (add_run(step, min, max, then)) return;
  const FirstTokens again = max > 1 ? first_tokens().of_repeats(step, 0, 1, then) : then;
  for (std::uint32_t i = 0; i < min && !size_exceeded(); ++i) add_once(step, again);
  std::vector<std::uint32_t> exits;
  for (std::uint32_t i = min; i < max && !size_exceeded(); ++i) {
    const std::uint32_t split = emit(Op::kSplit);
    code_.instructions[split].guard = add_guard(first_tokens().of_repeats(step, 1, 1, again));
    code_.instructions[split].other = add_guard(then);
    exits.push_back(split);
    add_once(step, again);
  }
  if (!exits.empty()) land_here(exits);
}

// A step that takes one token by its own, whatever stands around it, can be taken several times at one go.
bool CodeBuilder::add_run(const Step& step, std::uint32_t min, std::uint32_t max, const FirstTokens& then) {
  Conditions conditions;
  if (max < 2 || !collect_conditions(step, conditions)) return false;
  const std::uint32_t run = emit(Op::kRun, append(program_.runs, Run{add_conditions(conditions), min, max}));
  code_.instructions[run].other = add_guard(then);
  return true;
}

void CodeBuilder::add_once(const Step& step, const FirstTokens& then) {
  Conditions conditions;
  if (const auto* any = std::get_if<AnyStep>(&step.kind)) {
    if (collect_conditions(step, conditions)) {
      add_token_of(conditions);
    } else {
      add_alternatives(*any, then);
    }
    return;
  }
  const auto* look = std::get_if<LookStep>(&step.kind);
  conditions = look == nullptr ? Conditions() : conditions_of(look->steps);
  if (!conditions.empty()) {
    emit(Op::kPeek, append(program_.peeks, Peek{look->ahead, look->wanted, add_conditions(conditions)}));
  } else {
    emit(op_of(step), operand_of(step));
  }
}

void CodeBuilder::add_token_of(const Conditions& conditions) {
  if (conditions.size() == 1) {
    emit(Op::kToken, add_condition(*conditions[0]));
  } else {
    emit(Op::kTokenOf, append(program_.condition_lists, add_conditions(conditions)));
  }
}

// Alternatives side by side that are one token each are one choice: whichever holds, the same is taken.
void CodeBuilder::add_alternatives(const AnyStep& any, const FirstTokens& then) {
  if (any.alternatives.empty()) emit(Op::kFail);
  std::vector<std::uint32_t> jumps;
  const std::size_t count = any.alternatives.size();
  for (std::size_t i = 0, next; i < count && !size_exceeded(); i = next) {
    Conditions conditions = conditions_of(any.alternatives[i]);
    next = i + 1;
    while (!conditions.empty() && next < count) {
      const Conditions more = conditions_of(any.alternatives[next]);
      if (more.empty()) break;
      conditions.insert(conditions.end(), more.begin(), more.end());
      ++next;
    }
    const bool last = next == count;
    const std::uint32_t split = last ? 0 : emit(Op::kSplit);
    if (!last) code_.instructions[split].guard = guard_of(any, i, next, then);
    if (conditions.empty()) {
      add_steps(any.alternatives[i], 0, any.alternatives[i].size(), then);
    } else {
      add_token_of(conditions);
    }
    if (last) break;
    jumps.push_back(emit(Op::kJump));
    code_.instructions[split].operand = here();
  }
  if (!jumps.empty()) land_here(jumps);
}

// For the alternatives [first, last).
std::uint16_t CodeBuilder::guard_of(const AnyStep& any, std::size_t first, std::size_t last, const FirstTokens& then) {
  FirstTokens all;
  for (std::size_t i = first; i < last; ++i) {
    const Steps& steps = any.alternatives[i];
    all.add(first_tokens().of(steps, 0, steps.size(), then));
  }
  return add_guard(all);
}

void CodeBuilder::add_needs(const Steps& steps, const Step& except) {
  for (const Step& step : steps) {
    const auto* any = std::get_if<AnyStep>(&step.kind);
    if (step.min == 0 || &step == &except) continue;
    if (any != nullptr && any->alternatives.size() == 1) {
      add_needs(any->alternatives[0], except);
    } else if (const std::uint16_t guard = add_guard(first_rightward_.of_once(step)); guard != 0) {
      program_.needs.push_back(program_.guards[guard - 1u]);
    }
  }
}

std::uint32_t CodeBuilder::operand_of(const Step& step) {
  const auto known = operands_.find(&step);
  if (known != operands_.end()) return known->second;
  const std::uint32_t operand = add_operand(step);
  operands_.emplace(&step, operand);
  return operand;
}

std::uint32_t CodeBuilder::operand_behind_word(const TokenStep& step) {
  Condition rest = step.condition;
  rest.lower.clear();
  return append(program_.conditions, CompiledCondition(rest, classes_));
}

std::uint32_t CodeBuilder::add_operand(const Step& step) {
  struct Visitor {
    CodeBuilder& b;
    std::uint32_t operator()(const TokenStep& s) const { return b.add_condition(s.condition); }
    std::uint32_t operator()(const LexStep& s) const {
      LexiconTest test;
      for (const LexiconId lexicon : s.lexicons) {
        if (lexicon / 64u >= test.lexicons.size()) test.lexicons.resize(lexicon / 64u + 1);
        test.lexicons[lexicon / 64u] |= std::uint64_t{1} << (lexicon % 64u);
      }
      for (const LexiconId lexicon : s.lexicons) b.classes_.ask_for_entries(lexicon);
      if (!s.lexicons.empty()) test.in = b.classes_.of_lexicons(s.lexicons);
      return append(b.program_.lexicon_tests, std::move(test));
    }
    std::uint32_t operator()(const AnnoStep& s) const {
      AnnotationTest test{0, s.min_tokens, s.max_tokens, s.forms, b.add_condition(s.first), b.add_condition(s.last)};
      for (const TypeId type : s.types) test.types |= type_bit(type);
      return append(b.program_.annotation_tests, test);
    }
    std::uint32_t operator()(const GapStep& s) const {
      return append(b.program_.gaps, Gap{s.max, b.add_condition(s.never)});
    }
    std::uint32_t operator()(const RestStep& s) const {
      const bool to_end = s.to == Border::kSentenceEnd || s.to == Border::kParagraphEnd;
      return append(b.program_.rests, Rest{to_end, s.min_tokens, s.max_tokens, b.add_condition(s.never)});
    }
    std::uint32_t operator()(const AtStep& s) const { return static_cast<std::uint32_t>(s.border); }
    std::uint32_t operator()(const LookStep& s) const { return b.add_look(s); }
    std::uint32_t operator()(const AnyStep&) const { return 0; }  // has no operand: add_once() writes it out
  };
  return std::visit(Visitor{*this}, step.kind);
}

std::uint32_t CodeBuilder::add_condition(const Condition& condition) {
  const auto known = conditions_.find(&condition);
  if (known != conditions_.end()) return known->second;
  const std::uint32_t index = append(program_.conditions, CompiledCondition(condition, classes_));
  conditions_.emplace(&condition, index);
  return index;
}

std::uint32_t CodeBuilder::add_condition(const std::optional<Condition>& condition) {
  return condition ? add_condition(*condition) : kNoCondition;
}

std::vector<std::uint32_t> CodeBuilder::add_conditions(const Conditions& conditions) {
  std::vector<std::uint32_t> indices;
  for (const Condition* condition : conditions) indices.push_back(add_condition(*condition));
  return indices;
}

std::uint32_t CodeBuilder::add_look(const LookStep& look) {
  Code outer = std::exchange(code_, Code{});
  const bool outer_next_is_shared = next_is_shared_;
  begin(look.ahead ? Direction::kRightward : Direction::kLeftward);
  add_steps(look.steps, 0, look.steps.size(), FirstTokens::nothing());
  Code inner = finish(first_tokens().of(look.steps, 0, look.steps.size(), FirstTokens::nothing()));
  code_ = std::move(outer);
  next_is_shared_ = outer_next_is_shared;
  return append(program_.looks, Look{look.wanted, std::move(inner)});
}

}  // namespace kutip::matching
