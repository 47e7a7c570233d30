#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "matching/lexicon.h"
#include "matching/pattern.h"
#include "matching/token_classes.h"

namespace kutip::matching {

// What a rule is looked up by. See "Anchor" in rules/LANGUAGE.md.
struct WordAnchor {
  std::vector<text::WordId> words;
};
struct LexiconAnchor {
  std::vector<LexiconId> lexicons;
  bool each_token = false;  // every token inside an entry (a token with a `lex` condition), not the entry
};
struct AnnotationAnchor {
  std::vector<TypeId> types;
};
struct ShapeAnchor {
  std::uint16_t shape = 0;  // 0: every token
};
using Anchor = std::variant<WordAnchor, LexiconAnchor, AnnotationAnchor, ShapeAnchor>;

// A compiled pattern. Immutable; any number of threads may match with it.
class Program {
 public:
  struct Impl;
  explicit Program(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}

  // One, or one for each alternative when the anchor is a step with alternatives.
  std::span<const Anchor> anchors() const;
  // Instructions of both directions, a gap counted as its `max`: an upper bound of the states a match can visit for
  // each token it can reach.
  std::uint32_t size() const;
  std::uint32_t capture_count() const;
  const Impl& impl() const { return *impl_; }

 private:
  std::shared_ptr<const Impl> impl_;
};

// Why a pattern cannot be compiled, and where.
struct PatternError {
  enum class Kind {
    kNoAnchor,        // no step must occur exactly once
    kManyAnchors,     // two steps are marked as anchor, or the marked one is optional or inside alternatives
    kMatchesNothing,  // the pattern, or a step that repeats, can match without taking a token
    kTooLarge,        // size() would be over kMaxProgramSize
  } kind;
  SourceMark mark;
};

inline constexpr std::uint32_t kMaxProgramSize = 4096;

// Compiles a pattern for use with a grammar's lexicons. Linear in the size of the program. A token's `text` can be an
// anchor only if the vocabulary has its normal form.
std::variant<Program, PatternError> compile(const Pattern& pattern, const text::Vocabulary& vocabulary,
                                            TokenClasses& classes);

// Compiles a pattern that needs no anchor, for Matcher::occurs() only.
std::variant<Program, PatternError> compile_exception(const Pattern& pattern, TokenClasses& classes);

}  // namespace kutip::matching
