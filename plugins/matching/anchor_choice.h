#pragma once

#include <cstdint>
#include <variant>
#include <vector>

#include "matching/pattern.h"
#include "matching/program.h"

namespace kutip::matching {

// The way from a pattern to its anchor: a step of it, then a step of the only alternative of that step, and so on.
struct AnchorPath {
  struct Level {
    const Steps* steps = nullptr;
    std::size_t index = 0;
    const Step& step() const { return (*steps)[index]; }
  };
  std::vector<Level> levels;  // outermost first; the last is the anchor step

  const Step& anchor() const { return levels.back().step(); }
};

// Chooses the anchor as rules/LANGUAGE.md says. The path points into `steps`.
std::variant<AnchorPath, PatternError> choose_anchor(const Steps& steps, const text::Vocabulary& vocabulary);

// A way of taking an anchor step: a token, lexicon or annotation step, and the captures around it inside the anchor
// step. One, unless the anchor step has alternatives.
struct AnchorLeaf {
  const Step* step = nullptr;
  std::vector<CaptureId> captures;
};
std::vector<AnchorLeaf> anchor_leaves(const Step& anchor);

// What a token, lexicon or annotation step is looked up by.
Anchor anchor_of(const Step& leaf, const text::Vocabulary& vocabulary);

}  // namespace kutip::matching
