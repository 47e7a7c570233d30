#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "authoring/explained_rules.h"
#include "matching/match_input.h"
#include "matching/pattern.h"

namespace kutip::authoring {

// The first part of the condition that the token does not meet, as a rule file has it: shape: [title, upper]. Empty:
// the token meets all of it. Says what a condition means in the plainest way; the matcher's own is made for speed.
std::string unmet_part(const matching::Condition& condition, std::uint32_t token, const matching::MatchInput& input,
                       const GrammarView& view);

// What rules can see of a token: “dia” (lower), in lexicons pronoun, inside PERSON.
std::string seen_token(std::uint32_t token, const matching::MatchInput& input, const GrammarView& view);

// Names joined by commas; from the seventh on as a number.
std::string joined(const std::vector<std::string>& names);

}  // namespace kutip::authoring
