#include "matching/program.h"

#include <algorithm>
#include <optional>

#include "matching/anchor_choice.h"
#include "matching/code_builder.h"
#include "matching/program_impl.h"

namespace kutip::matching {
namespace {

bool can_be_empty(const Steps& steps);

bool can_be_empty_once(const Step& step) {
  struct Visitor {
    bool operator()(const TokenStep&) const { return false; }
    bool operator()(const LexStep&) const { return false; }
    bool operator()(const AnnoStep&) const { return false; }
    bool operator()(const AnyStep& s) const {
      return std::any_of(s.alternatives.begin(), s.alternatives.end(), can_be_empty);
    }
    bool operator()(const GapStep&) const { return true; }
    bool operator()(const RestStep& s) const { return s.min_tokens == 0; }
    bool operator()(const AtStep&) const { return true; }
    bool operator()(const LookStep&) const { return true; }
  };
  return std::visit(Visitor{}, step.kind);
}

bool can_be_empty(const Steps& steps) {
  return std::all_of(steps.begin(), steps.end(),
                     [](const Step& step) { return step.min == 0 || can_be_empty_once(step); });
}

// The first step that may repeat without taking a token: as often as one likes, to no effect.
const Step* find_empty_repeat(const Steps& steps) {
  for (const Step& step : steps) {
    if (step.max > 1 && can_be_empty_once(step)) return &step;
    const Step* inside = nullptr;
    if (const auto* any = std::get_if<AnyStep>(&step.kind)) {
      for (std::size_t i = 0; i < any->alternatives.size() && inside == nullptr; ++i) {
        inside = find_empty_repeat(any->alternatives[i]);
      }
    } else if (const auto* look = std::get_if<LookStep>(&step.kind)) {
      inside = find_empty_repeat(look->steps);
    }
    if (inside != nullptr) return inside;
  }
  return nullptr;
}

std::optional<PatternError> find_emptiness(const Steps& steps) {
  if (can_be_empty(steps)) {
    return PatternError{PatternError::Kind::kMatchesNothing, steps.empty() ? SourceMark{} : steps[0].mark};
  }
  if (const Step* step = find_empty_repeat(steps)) {
    return PatternError{PatternError::Kind::kMatchesNothing, step->mark};
  }
  return std::nullopt;
}

// What the next token must be behind each level of the path, outermost last. `of_level` gives the first tokens of what
// is written for a level before `then`.
template <typename F>
std::vector<FirstTokens> tokens_behind(const AnchorPath& path, F of_level) {
  std::vector<FirstTokens> behind(path.levels.size() + 1, FirstTokens::nothing());
  for (std::size_t i = 1; i < behind.size(); ++i) behind[i] = of_level(path.levels[i - 1], behind[i - 1]);
  std::reverse(behind.begin(), behind.end());
  return behind;  // [0]: of everything; [i]: behind the i-th level from the inside
}

// What stands left of the anchor, from the inside out: of each group on the way, the steps before.
Code build_before(const AnchorPath& path, CodeBuilder& builder) {
  builder.begin(Direction::kLeftward);
  builder.number_steps(path.levels.front().steps, path.levels.front().index);
  const auto behind = tokens_behind(path, [&](const AnchorPath::Level& level, const FirstTokens& then) {
    return builder.first_tokens().of(*level.steps, 0, level.index, then);
  });
  for (std::size_t i = 1; i < behind.size(); ++i) {
    const AnchorPath::Level& level = path.levels[path.levels.size() - i];
    if (level.step().capture) builder.add_save(*level.step().capture, false);
    builder.add_steps(*level.steps, 0, level.index, behind[i]);
  }
  return builder.finish(behind[0]);
}

// What stands right of it: of each group on the way, further repeats and the steps behind.
Code build_after(const AnchorPath& path, CodeBuilder& builder) {
  builder.begin(Direction::kRightward);
  builder.number_steps(path.levels.front().steps, path.levels.front().index);
  const auto steps_behind = [&](const AnchorPath::Level& level, const FirstTokens& then) {
    return builder.first_tokens().of(*level.steps, level.index + 1, level.steps->size(), then);
  };
  const auto behind = tokens_behind(path, [&](const AnchorPath::Level& level, const FirstTokens& then) {
    const Step& step = level.step();
    return builder.first_tokens().of_repeats(step, step.min - 1, step.max - 1, steps_behind(level, then));
  });
  for (std::size_t i = 1; i < behind.size(); ++i) {
    const AnchorPath::Level& level = path.levels[path.levels.size() - i];
    const Step& step = level.step();
    builder.add_repeats(step, step.min - 1, step.max - 1, steps_behind(level, behind[i]));
    if (step.capture) builder.add_save(*step.capture, true);
    builder.add_steps(*level.steps, level.index + 1, level.steps->size(), behind[i]);
  }
  return builder.finish(behind[0]);
}

void build_anchor(const AnchorPath& path, const text::Vocabulary& vocabulary, TokenClasses& classes,
                  CodeBuilder& builder, Program::Impl& program) {
  for (AnchorLeaf& leaf : anchor_leaves(path.anchor())) {
    const auto* token = std::get_if<TokenStep>(&leaf.step->kind);
    const Op op = std::holds_alternative<LexStep>(leaf.step->kind)    ? Op::kLexicon
                  : std::holds_alternative<AnnoStep>(leaf.step->kind) ? Op::kAnnotation
                                                                      : Op::kToken;
    program.anchors.push_back(anchor_of(*leaf.step, vocabulary));
    const bool by_word = token != nullptr && !token->condition.lower.empty();
    const std::uint32_t operand = by_word ? builder.operand_behind_word(*token) : builder.operand_of(*leaf.step);
    program.anchor_options.push_back({op, operand, std::move(leaf.captures)});
    if (const auto* lexicons = std::get_if<LexiconAnchor>(&program.anchors.back())) {
      for (const LexiconId lexicon : lexicons->lexicons) classes.ask_for_entries(lexicon);
    }
  }
}

Code build_whole(const Steps& steps, Direction direction, CodeBuilder& builder) {
  builder.begin(direction);
  builder.add_steps(steps, 0, steps.size(), FirstTokens::nothing());
  return builder.finish(builder.first_tokens().of(steps, 0, steps.size(), FirstTokens::nothing()));
}

void note_what_is_asked(Program::Impl& program) {
  const auto ask = [&facts = program.asked_facts](std::uint32_t column, std::uint64_t bits) {
    if (column >= facts.size()) facts.resize(column + 1);
    facts[column] |= bits;
  };
  for (const CompiledCondition& condition : program.conditions) {
    condition.add_asked_facts(program.asked_facts);
    program.asked_types |= condition.asked_annotations();
  }
  for (const AnnotationTest& test : program.annotation_tests) program.asked_types |= test.types;
  for (const LexiconTest& test : program.lexicon_tests) ask(test.in.column, test.in.bit);
  for (const Guard& guard : program.guards) {
    program.asked_types |= guard.annotations;
    for (std::uint32_t i = 0; i < guard.count; ++i) ask(guard.facts[i].column, guard.facts[i].any);
  }
}

}  // namespace

std::span<const Anchor> Program::anchors() const {
  return impl_->anchors;
}

std::uint32_t Program::size() const {
  return impl_->size;
}

std::uint32_t Program::capture_count() const {
  return impl_->capture_count;
}

bool Program::Impl::fits(const AnnotationTest& test, const AnnotationView& annotation, const MatchInput& input) const {
  if ((test.types & type_bit(annotation.type)) == 0) return false;
  if (annotation.inner.size() < test.min_tokens || annotation.inner.size() > test.max_tokens) return false;
  if (test.forms != 0 && (annotation.forms & test.forms) == 0) return false;
  if (annotation.inner.empty()) return test.first == kNoCondition && test.last == kNoCondition;
  return (test.first == kNoCondition || holds(test.first, annotation.inner.begin, input)) &&
         (test.last == kNoCondition || holds(test.last, annotation.inner.end - 1, input));
}

bool Program::Impl::anchor_holds(const AnchorOption& option, const Candidate& candidate,
                                 const MatchInput& input) const {
  switch (option.op) {
    case Op::kAnnotation:
      return fits(annotation_tests[option.operand],
                  input.annotations.all()[static_cast<std::size_t>(candidate.annotation)], input);
    case Op::kLexicon:
      return true;
    default:
      return holds(option.operand, candidate.range.begin, input);
  }
}

std::variant<Program, PatternError> compile(const Pattern& pattern, const text::Vocabulary& vocabulary,
                                            TokenClasses& classes) {
  if (const auto error = find_emptiness(pattern.steps)) return *error;
  const auto choice = choose_anchor(pattern.steps, vocabulary);
  if (const auto* error = std::get_if<PatternError>(&choice)) return *error;
  const auto& path = std::get<AnchorPath>(choice);

  auto program = std::make_shared<Program::Impl>();
  CodeBuilder builder(*program, classes, kMaxProgramSize);
  build_anchor(path, vocabulary, classes, builder, *program);
  program->step_count = static_cast<std::uint32_t>(pattern.steps.size());
  program->anchor_step = static_cast<std::uint32_t>(path.levels.front().index);
  program->before = build_before(path, builder);
  program->after = build_after(path, builder);
  if (builder.size_exceeded()) return PatternError{PatternError::Kind::kTooLarge, path.anchor().mark};
  program->size = builder.size();
  program->capture_count = static_cast<std::uint32_t>(pattern.captures.size());
  builder.add_needs(pattern.steps, path.anchor());
  note_what_is_asked(*program);
  return Program(std::move(program));
}

std::variant<Program, PatternError> compile_exception(const Pattern& pattern, TokenClasses& classes) {
  if (const auto error = find_emptiness(pattern.steps)) return *error;
  auto program = std::make_shared<Program::Impl>();
  CodeBuilder builder(*program, classes, 2 * kMaxProgramSize);  // the whole is written in both directions
  program->whole_rightward = build_whole(pattern.steps, Direction::kRightward, builder);
  program->whole_leftward = build_whole(pattern.steps, Direction::kLeftward, builder);
  if (builder.size_exceeded()) return PatternError{PatternError::Kind::kTooLarge, pattern.steps[0].mark};
  program->size = builder.size() / 2;
  note_what_is_asked(*program);
  return Program(std::move(program));
}

}  // namespace kutip::matching
