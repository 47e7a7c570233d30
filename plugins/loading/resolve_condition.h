#pragma once

#include "loading/plugin_spec.h"
#include "loading/resolve_pattern.h"
#include "matching/pattern.h"

namespace kutip::loading {

// Resolves names and checks literals: one token each, and in normal form where normal forms are compared.
matching::Condition resolve_condition(const ConditionSpec& spec, PatternPlace place, const PatternContext& context);

std::vector<matching::LexiconId> resolve_lexicons(const Names& names, std::uint32_t plugin,
                                                  const PatternContext& context);

// Types that the place can read; those that only its own phase or later ones make are reported.
std::vector<matching::TypeId> resolve_types(const Names& names, PatternPlace place, const PatternContext& context);

}  // namespace kutip::loading
