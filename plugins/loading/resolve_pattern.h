#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "loading/findings.h"
#include "loading/plugin_spec.h"
#include "loading/symbols.h"
#include "matching/pattern.h"
#include "text/document.h"
#include "text/vocabulary.h"

namespace kutip::loading {

// What names and literals of a grammar's patterns are looked up in. All referenced objects outlive it.
struct PatternContext {
  const Symbols& symbols;
  const text::TextRules& text_rules;
  text::Vocabulary& vocabulary;  // receives the literals
  Findings& findings;
};

// Whose pattern it is.
struct PatternPlace {
  std::uint32_t plugin = 0;  // index into Symbols::plugins()
  std::uint32_t phase = 0;   // index into Symbols::phases(); annotations of earlier ones can be read
};
inline constexpr std::uint32_t kBehindAllPhases = std::numeric_limits<std::uint32_t>::max();

// What is known of a capture before anything is matched.
struct ResolvedCapture {
  SourceRange where;
  bool in_macro = false;
  bool one_entry = true;                      // what it takes is always one lexicon entry,
  std::vector<matching::LexiconId> lexicons;  // of one of these
};

struct ResolvedPattern {
  matching::Pattern pattern;
  std::vector<ResolvedCapture> captures;  // by CaptureId, parallel to pattern.captures
  bool sound = true;                      // false: something is wrong and was reported

  std::optional<matching::CaptureId> find(std::string_view name) const;
};

// Resolves all names of a pattern and writes its macros out. Reports every mistake; O(steps once written out).
ResolvedPattern resolve_pattern(const PatternSpec& spec, PatternPlace place, const PatternContext& context);

}  // namespace kutip::loading
