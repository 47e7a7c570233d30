#pragma once

#include "matching/match_input.h"
#include "matching/matcher.h"
#include "tagging/rule_set.h"

namespace kutip::authoring {

// The sentence or paragraph around a token, as the rule has it.
text::TokenRange unit_around(const text::Document& document, tagging::Unit unit, std::uint32_t token);

// The first exception of the rule that holds for a match; nullptr if none does.
const tagging::Exception* holding_exception(const tagging::Rule& rule, text::TokenRange match, text::TokenRange unit,
                                            const matching::MatchInput& input, matching::Matcher& matcher);

}  // namespace kutip::authoring
