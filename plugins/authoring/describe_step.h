#pragma once

#include <string>

#include "authoring/trace_matcher.h"

namespace kutip::authoring {

// What the failed step wanted, in the words of a rule file.
std::string wanted_by(const StepFailure& failure, text::TokenRange unit, const matching::MatchInput& input,
                      const GrammarView& view);

// What the step wants wherever it is tried; empty for steps of which that says no more than their source.
std::string wanted_anywhere(const matching::Step& step, const GrammarView& view);

// What stood where it was tried.
std::string seen_at(const StepFailure& failure, text::TokenRange unit, const matching::MatchInput& input,
                    const GrammarView& view);

// The token where it was tried; empty at a border of the unit.
text::TokenRange tried_at(const StepFailure& failure, text::TokenRange unit);

}  // namespace kutip::authoring
