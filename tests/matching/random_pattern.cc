#include "random_pattern.h"

#include <array>

#include "steps.h"
#include "text/document.h"

namespace kutip::matching {
namespace {

bool can_be_anchor(const Step& step) {
  if (std::holds_alternative<TokenStep>(step.kind) || std::holds_alternative<LexStep>(step.kind) ||
      std::holds_alternative<AnnoStep>(step.kind)) {
    return true;
  }
  const auto* choice = std::get_if<AnyStep>(&step.kind);
  if (choice == nullptr || choice->alternatives.size() < 2) return false;
  for (const Steps& alternative : choice->alternatives) {
    const bool one = alternative.size() == 1 && alternative[0].min == 1 && alternative[0].max == 1;
    if (!one || std::holds_alternative<AnyStep>(alternative[0].kind) || !can_be_anchor(alternative[0])) return false;
  }
  return true;
}

void collect_anchors(Steps& steps, std::vector<Step*>& out) {
  for (Step& step : steps) {
    if (step.min == 0) continue;
    if (can_be_anchor(step)) out.push_back(&step);
    auto* any_step = std::get_if<AnyStep>(&step.kind);
    if (any_step != nullptr && any_step->alternatives.size() == 1) collect_anchors(any_step->alternatives[0], out);
  }
}

}  // namespace

Pattern RandomPatterns::pattern() {
  for (;;) {
    next_capture_ = 0;
    Pattern made;
    made.steps = steps(2, 4);
    std::vector<Step*> anchors;
    collect_anchors(made.steps, anchors);
    if (anchors.empty()) continue;
    anchors[number(static_cast<std::uint32_t>(anchors.size()))]->anchor = true;
    for (CaptureId i = 0; i < next_capture_; ++i) made.captures.push_back("c" + std::to_string(i));
    return made;
  }
}

std::string RandomPatterns::text() {
  static constexpr std::array<const char*, 16> kWords = {"a", "b", "c", "a", "b", "c", "Ab", "B",
                                                         ",", ".", "7", "“", "”", "-", "(",  ")"};
  std::string made;
  for (std::uint32_t left = 1 + number(14); left > 0; --left) {
    made += kWords[number(kWords.size())];
    made += one_in(12) ? "\n\n" : " ";
  }
  return made;
}

Steps RandomPatterns::steps(int depth, std::uint32_t most) {
  Steps made;
  for (std::uint32_t left = 1 + number(most); left > 0; --left) made.push_back(step(depth));
  return made;
}

Step RandomPatterns::step(int depth) {
  Step made = consuming_step(depth);
  switch (number(24)) {
    case 0:
      made = gap(number(4));
      break;
    case 1:
      made = gap(3, condition());
      break;
    case 2:
    case 3: {
      RestStep r;
      r.to = one_in(2) ? Border::kSentenceStart : Border::kSentenceEnd;
      r.min_tokens = number(3);
      if (one_in(2)) r.max_tokens = r.min_tokens + number(6);
      r.never = maybe_condition();
      made = make_step(std::move(r));
      break;
    }
    case 4:
      made = at(static_cast<Border>(number(4)));
      break;
    case 5:
      made = make_step(LookStep{one_in(2), one_in(2), steps(depth - 1, 2)});
      break;
    default:
      break;
  }
  switch (number(10)) {
    case 0:
      made = optional(std::move(made));
      break;
    case 1:
      made = repeat(std::move(made), 0, 1 + number(3));
      break;
    case 2:
      made = repeat(std::move(made), 1, 1 + number(4));
      break;
    default:
      break;
  }
  if (next_capture_ < 6 && one_in(4)) made.capture = next_capture_++;
  return made;
}

Step RandomPatterns::consuming_step(int depth) {
  switch (number(depth > 0 ? 9 : 6)) {
    case 0:
    case 1:
    case 2:
      return tok(condition());
    case 3: {
      std::vector<LexiconId> lexicons = {world_.lexicons[number(static_cast<std::uint32_t>(world_.lexicons.size()))]};
      if (one_in(3)) lexicons.push_back(world_.lexicons[0]);
      return lex(std::move(lexicons));
    }
    case 4:
      return tok();
    case 5: {
      AnnoStep step;
      step.types = {static_cast<TypeId>(number(world_.types))};
      if (one_in(3)) step.types.push_back(static_cast<TypeId>((step.types[0] + 1) % world_.types));
      if (one_in(4)) step.min_tokens = 2;
      if (one_in(4)) step.max_tokens = 2;
      if (one_in(4)) step.forms = 1u + number(3);
      if (one_in(4)) step.first = condition();
      if (one_in(4)) step.last = condition();
      return make_step(std::move(step));
    }
    case 6:
      return seq(steps(depth - 1, 3));
    default:
      return choice(depth);
  }
}

Step RandomPatterns::choice(int depth) {
  std::vector<Steps> alternatives;
  const bool single = one_in(2);  // then it may be an anchor
  for (std::uint32_t left = 2 + number(2); left > 0; --left) {
    if (single) {
      alternatives.push_back({consuming_step(0)});
      if (next_capture_ < 6 && one_in(4)) alternatives.back()[0].capture = next_capture_++;
    } else {
      alternatives.push_back(steps(depth - 1, 2));
    }
  }
  return any(std::move(alternatives));
}

std::optional<Condition> RandomPatterns::maybe_condition() {
  return one_in(2) ? std::optional(condition()) : std::nullopt;
}

Condition RandomPatterns::condition() {
  Condition c;
  const auto word = [this] { return world_.words[number(static_cast<std::uint32_t>(world_.words.size()))]; };
  switch (number(14)) {
    case 0:
      c.lower = {word(), word()};
      break;
    case 1:
      c.not_lower = {word()};
      break;
    case 2:
      c.text = {one_in(2) ? "Ab" : "a", "b"};
      break;
    case 3:
      c.not_text = {one_in(2) ? "Ab" : "a"};
      break;
    case 4:
      c.prefix = {one_in(2) ? "a" : "b"};
      break;
    case 5:
      c.suffix = {"b"};
      break;
    case 6:
      c.shape = text::kCapital | text::kNumber;
      break;
    case 7:
      c.not_shape = text::kPunct;
      break;
    case 8:
      c.lex = {world_.lexicons[number(2)]};
      break;
    case 9:
      c.not_lex = {world_.lexicons[number(2)]};
      break;
    case 10:
      c.anno = type_bit(static_cast<TypeId>(number(world_.types)));
      break;
    case 11:
      c.not_anno = type_bit(static_cast<TypeId>(number(world_.types)));
      break;
    case 12:
      c.sentence_initial = one_in(2);
      break;
    default:
      c.lower = {word()};
      break;
  }
  if (one_in(8)) c.not_suffix = {"b"};
  if (one_in(8)) c.max_length = 1;
  return c;
}

}  // namespace kutip::matching
