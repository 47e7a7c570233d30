#pragma once

#include <cstdint>
#include <string_view>

#include "matching/annotation_index.h"
#include "matching/lexicon.h"
#include "tagging/records.h"
#include "tagging/rule_set.h"
#include "text/document.h"

namespace kutip::tagging {

// A document with everything found in it so far: what the later steps read. References; all outlive it.
struct Findings {
  const Grammar& grammar;
  const text::Document& document;
  const matching::LexiconHits& lexicon_hits;
  const matching::AnnotationIndex& annotations;  // their ids are indices into Document::quoted(), else into records
  const Records& records;
};

// What stands between the marks in one paragraph's part (below part_count) of a quoted span; may be empty.
text::TokenRange inside_marks(const text::Document& document, std::uint32_t quoted, std::uint32_t part);

// The text of a field: of its constant, its lexicon column or its tokens; "" if there is none.
std::string_view field_text(const Findings& findings, const FieldValue* value);

// The record behind an annotation that a field's capture took, or kNone.
std::uint32_t record_of(const Findings& findings, const FieldValue& value);

// The first record of `type` that lies inside `range`, of those that begin at one token the longest; else kNone.
// O(length of the range).
std::uint32_t find_inside(const Findings& findings, text::TokenRange range, TypeId type);

// The same, or else a record that lies over the first token of `range`: a name that another rule took longer.
std::uint32_t find_at(const Findings& findings, text::TokenRange range, TypeId type);

// True if the token lies inside an annotation of any of the types (type_bit()s).
inline bool lies_in(const Findings& findings, std::uint32_t token, std::uint64_t types) {
  return (findings.annotations.types_over(token) & types) != 0;
}

}  // namespace kutip::tagging
