#include "matching/code_builder.h"

#include <algorithm>
#include <utility>

namespace kutip::matching {
namespace {

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
  return op == Op::kLexicon || op == Op::kAnnotation || op == Op::kGap || op == Op::kRest;
}

template <typename T>
std::uint32_t append(std::vector<T>& list, T value) {
  list.push_back(std::move(value));
  return static_cast<std::uint32_t>(list.size() - 1);
}

}  // namespace

void CodeBuilder::begin(Direction direction) {
  code_ = Code{direction, 0, {}};
  next_is_shared_ = true;
}

Code CodeBuilder::finish() {
  emit(Op::kAccept);
  code_.first_state = states_;
  states_ += here();
  // Without a choice each call of the code walks one path: remembering it would cost more than it saves.
  const auto is_choice = [](const Instruction& i) { return i.op == Op::kSplit || has_several_ends(i.op); };
  if (std::none_of(code_.instructions.begin(), code_.instructions.end(), is_choice)) {
    for (Instruction& i : code_.instructions) i.shared = false;
  }
  return std::move(code_);
}

std::uint32_t CodeBuilder::emit(Op op, std::uint32_t operand) {
  size_ += op == Op::kGap ? program_.gaps[operand].max : 1;
  code_.instructions.push_back({op, std::exchange(next_is_shared_, has_several_ends(op)), operand});
  return here() - 1;
}

void CodeBuilder::land_here(const std::vector<std::uint32_t>& from) {
  for (std::uint32_t i : from) code_.instructions[i].operand = here();
  next_is_shared_ = true;
}

void CodeBuilder::add_save(CaptureId capture, bool end) {
  emit(Op::kSave, 2u * capture + (end ? 1 : 0));
}

void CodeBuilder::add_steps(const Steps& steps, std::size_t first, std::size_t last) {
  const bool rightward = code_.direction == Direction::kRightward;
  for (std::size_t i = first; i < last; ++i) add_step(steps[rightward ? i : first + last - 1 - i]);
}

void CodeBuilder::add_step(const Step& step) {
  const bool rightward = code_.direction == Direction::kRightward;
  if (step.capture) add_save(*step.capture, !rightward);
  add_repeats(step, step.min, step.max);
  if (step.capture) add_save(*step.capture, rightward);
}

void CodeBuilder::add_repeats(const Step& step, std::uint32_t min, std::uint32_t max) {
  for (std::uint32_t i = 0; i < min && !size_exceeded(); ++i) add_once(step);
  std::vector<std::uint32_t> exits;
  for (std::uint32_t i = min; i < max && !size_exceeded(); ++i) {
    exits.push_back(emit(Op::kSplit));
    add_once(step);
  }
  if (!exits.empty()) land_here(exits);
}

void CodeBuilder::add_once(const Step& step) {
  if (const auto* any = std::get_if<AnyStep>(&step.kind)) {
    add_alternatives(*any);
  } else {
    emit(op_of(step), operand_of(step));
  }
}

void CodeBuilder::add_alternatives(const AnyStep& any) {
  if (any.alternatives.empty()) emit(Op::kFail);
  std::vector<std::uint32_t> jumps;
  for (std::size_t i = 0; i < any.alternatives.size() && !size_exceeded(); ++i) {
    const bool last = i + 1 == any.alternatives.size();
    const std::uint32_t split = last ? 0 : emit(Op::kSplit);
    add_steps(any.alternatives[i], 0, any.alternatives[i].size());
    if (last) break;
    jumps.push_back(emit(Op::kJump));
    code_.instructions[split].operand = here();
  }
  if (!jumps.empty()) land_here(jumps);
}

std::uint32_t CodeBuilder::operand_of(const Step& step) {
  const auto known = operands_.find(&step);
  if (known != operands_.end()) return known->second;
  const std::uint32_t operand = add_operand(step);
  operands_.emplace(&step, operand);
  return operand;
}

std::uint32_t CodeBuilder::add_operand(const Step& step) {
  struct Visitor {
    CodeBuilder& b;
    std::uint32_t operator()(const TokenStep& s) const { return b.add_condition(s.condition); }
    std::uint32_t operator()(const LexStep& s) const { return append(b.program_.lexicon_sets, s.lexicons); }
    std::uint32_t operator()(const AnnoStep& s) const {
      return append(b.program_.annotation_tests, AnnotationTest{s.types, s.min_tokens, s.max_tokens, s.forms,
                                                                b.add_condition(s.first), b.add_condition(s.last)});
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
  return append(program_.conditions, CompiledCondition(condition));
}

std::uint32_t CodeBuilder::add_condition(const std::optional<Condition>& condition) {
  return condition ? add_condition(*condition) : kNoCondition;
}

std::uint32_t CodeBuilder::add_look(const LookStep& look) {
  Code outer = std::exchange(code_, Code{});
  const bool outer_next_is_shared = next_is_shared_;
  begin(look.ahead ? Direction::kRightward : Direction::kLeftward);
  add_steps(look.steps, 0, look.steps.size());
  Code inner = finish();
  code_ = std::move(outer);
  next_is_shared_ = outer_next_is_shared;
  return append(program_.looks, Look{look.wanted, std::move(inner)});
}

}  // namespace kutip::matching
