#pragma once

#include <string>
#include <string_view>

#include "authoring/explain.h"

namespace kutip::cli {

// Explanations for people, a block each.
std::string explain_text(const authoring::ExplainAnswer& answer, const authoring::ExplainedRules& rules,
                         std::string_view text);

}  // namespace kutip::cli
