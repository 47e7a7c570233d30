#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "matching/pattern.h"

// Short ways of writing patterns in tests.
namespace kutip::matching {

inline Step make_step(decltype(Step::kind) kind) {
  Step step;
  step.kind = std::move(kind);
  return step;
}

inline Step tok(Condition condition = {}) {
  return make_step(TokenStep{std::move(condition)});
}
inline Step shape(std::uint16_t shapes) {
  Condition c;
  c.shape = shapes;
  return tok(std::move(c));
}
inline Step lex(std::vector<LexiconId> lexicons) {
  return make_step(LexStep{std::move(lexicons)});
}
inline Step anno(std::vector<TypeId> types) {
  AnnoStep step;
  step.types = std::move(types);
  return make_step(std::move(step));
}
inline Step any(std::vector<Steps> alternatives) {
  return make_step(AnyStep{std::move(alternatives)});
}
inline Step seq(Steps steps) {
  return any({std::move(steps)});
}
inline Step gap(std::uint32_t max, std::optional<Condition> never = std::nullopt) {
  return make_step(GapStep{max, std::move(never)});
}
inline Step rest(Border to, std::optional<Condition> never = std::nullopt) {
  RestStep step;
  step.to = to;
  step.never = std::move(never);
  return make_step(std::move(step));
}
inline Step at(Border border) {
  return make_step(AtStep{border});
}
inline Step ahead(Steps steps, bool wanted = true) {
  return make_step(LookStep{true, wanted, std::move(steps)});
}
inline Step behind(Steps steps, bool wanted = true) {
  return make_step(LookStep{false, wanted, std::move(steps)});
}

inline Step repeat(Step step, std::uint32_t min, std::uint32_t max) {
  step.min = min;
  step.max = max;
  return step;
}
inline Step optional(Step step) {
  return repeat(std::move(step), 0, 1);
}
inline Step as(Step step, CaptureId capture) {
  step.capture = capture;
  return step;
}
inline Step anchored(Step step) {
  step.anchor = true;
  return step;
}
inline Step on_line(Step step, std::uint32_t line) {
  step.mark.line = line;
  return step;
}

// A pattern with captures 0, 1, ..., as many as it uses.
Pattern pattern_of(Steps steps);

}  // namespace kutip::matching
