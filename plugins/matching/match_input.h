#pragma once

#include "matching/annotation_index.h"
#include "matching/lexicon.h"
#include "matching/token_facts.h"
#include "text/document.h"

namespace kutip::matching {

// What patterns are matched against: a document with what was found in it so far. All referenced objects outlive it.
struct MatchInput {
  const text::Document& document;
  const LexiconHits& lexicon_hits;
  const TokenFacts& facts;  // of the document and hits, by the classes of the programs
  const AnnotationIndex& annotations;
};

}  // namespace kutip::matching
