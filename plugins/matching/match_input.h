#pragma once

#include "matching/annotation_index.h"
#include "matching/lexicon.h"
#include "text/document.h"

namespace kutip::matching {

// What patterns are matched against: a document with what was found in it so far. All referenced objects outlive it.
struct MatchInput {
  const text::Document& document;
  const LexiconHits& lexicon_hits;
  const AnnotationIndex& annotations;
};

}  // namespace kutip::matching
