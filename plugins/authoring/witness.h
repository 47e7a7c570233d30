#pragma once

#include <optional>
#include <string>

#include "matching/pattern.h"
#include "tagging/rule_set.h"

namespace kutip::authoring {

// A text that the pattern may match, put together from the words its steps name, entries of their lexicons and made-up
// words; nullopt if a step wants what cannot be made up, like an annotation other than a quoted span. It is a guess: to
// be tried. O(entries) for a lexicon.
std::optional<std::string> make_witness(const matching::Pattern& pattern, const tagging::Grammar& grammar);

}  // namespace kutip::authoring
