#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "matching/ids.h"
#include "text/vocabulary.h"

namespace kutip::matching {

// A pattern as a tree of steps with all names resolved; what each step means is in rules/LANGUAGE.md. Plain values.

// All parts that are given must hold; a list holds if any of its items does. Empty lists and zero masks are not given.
struct Condition {
  std::vector<std::string> text, not_text;
  std::vector<text::WordId> lower, not_lower;
  std::vector<std::string> prefix, not_prefix, suffix, not_suffix;  // of the normal form
  std::vector<LexiconId> lex, not_lex;
  std::uint64_t anno = 0, not_anno = 0;  // type_bit()s
  std::uint16_t shape = 0, not_shape = 0;
  std::uint16_t min_length = 0, max_length = 0xFFFF;
  std::optional<bool> sentence_initial;
};

struct Step;
using Steps = std::vector<Step>;

struct TokenStep {
  Condition condition;
};
struct LexStep {
  std::vector<LexiconId> lexicons;
};
struct AnnoStep {
  std::vector<TypeId> types;
  std::uint32_t min_tokens = 1, max_tokens = 0xFFFFFFFF;
  std::uint32_t forms = 0;  // any of these bits; 0 = any form
  std::optional<Condition> first, last;
};
struct AnyStep {
  std::vector<Steps> alternatives;  // a `seq` and a macro are one alternative
};
struct GapStep {
  std::uint32_t max = 1;
  std::optional<Condition> never;  // no token of the gap meets it
};
enum class Border : std::uint8_t { kSentenceStart, kSentenceEnd, kParagraphStart, kParagraphEnd };
struct RestStep {
  Border to = Border::kSentenceEnd;
  std::uint32_t min_tokens = 1, max_tokens = 0xFFFFFFFF;
  std::optional<Condition> never;
};
struct AtStep {
  Border border = Border::kSentenceStart;
};
struct LookStep {
  bool ahead = true;
  bool wanted = true;  // false: not_ahead, not_behind
  std::vector<Step> steps;
};

struct Step {
  std::variant<TokenStep, LexStep, AnnoStep, AnyStep, GapStep, RestStep, AtStep, LookStep> kind;
  std::uint32_t min = 1, max = 1;
  std::optional<CaptureId> capture;
  bool anchor = false;
  SourceMark mark;
};

struct Pattern {
  Steps steps;
  std::vector<std::string> captures;  // names by CaptureId
};

inline constexpr std::uint32_t kMaxRepeat = 64;
inline constexpr std::uint32_t kMaxCaptures = 32;

}  // namespace kutip::matching
