#pragma once

#include <span>
#include <string>
#include <string_view>

#include "loading/findings.h"
#include "loading/plugin_spec.h"

namespace kutip::loading {

// Reports a name that is none of `known`, as `what` (unknown lexicon), with the nearest one as a patch.
Diagnostic& report_unknown(Code code, SourceRange where, std::string_view what, std::string_view name,
                           std::span<const std::string> known, Findings& findings);

// A text as it may be written into YAML: plain where that is safe, else in double quotes.
std::string yaml_scalar(std::string_view text);

// Characters that names of lexicons, macros, captures, rules and types are made of.
enum class NameStyle { kIdentifier, kRuleId, kLabel };
// Reports a name with other characters: kIdentifier a-z 0-9 _, kRuleId also '.', '-'; kLabel A-Z 0-9 _. All start with
// a letter.
bool check_name_style(const Name& name, NameStyle style, std::string_view what, Findings& findings);

}  // namespace kutip::loading
