#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "loading/plugin_spec.h"
#include "matching/ids.h"

namespace kutip::loading {

// A lexicon that a plugin declares. One with entries of its own has an id; a union has those of its members.
struct DeclaredLexicon {
  const LexiconSpec* spec = nullptr;
  std::uint32_t plugin = 0;  // index into Symbols::plugins()
  std::vector<matching::LexiconId> ids;
  std::vector<std::size_t> parts;  // of `from` and `union`: indices into Symbols::lexicons()
};

}  // namespace kutip::loading
