#pragma once

#include <string>
#include <string_view>

#include "authoring/annotated_text.h"
#include "tagging/annotate.h"
#include "tagging/rule_set.h"

namespace kutip::authoring {

// PLUGIN/RULE.
std::string rule_name(const tagging::RuleSet& rules, const tagging::Grammar& grammar, tagging::RuleId rule);

// The grammar for a BCP 47 tag, or, if that is empty, for the language of the text; nullptr if there is none.
const tagging::Grammar* grammar_for(const tagging::RuleSet& rules, std::string_view language, std::string_view text,
                                    tagging::Workspace& workspace);

// Annotates a text as `kutip annotate --format spans` does. REQUIRES: `text` is well-formed UTF-8.
AnnotatedText predict(const tagging::RuleSet& rules, const tagging::Grammar& grammar, std::string_view text,
                      tagging::Workspace& workspace);

}  // namespace kutip::authoring
