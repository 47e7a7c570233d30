#pragma once

#include <cstddef>
#include <vector>

#include "loading/declared_lexicon.h"
#include "loading/findings.h"

namespace kutip::loading {

// Indices of the lexicons, each behind its parts. Reports each cycle once; lexicons on a cycle, and those made of them,
// lose their parts. O(lexicons + parts).
std::vector<std::size_t> order_lexicons(std::vector<DeclaredLexicon>& lexicons, Findings& findings);

}  // namespace kutip::loading
