#pragma once

#include <cstdint>
#include <vector>

#include "matching/annotation_index.h"
#include "matching/lexicon.h"
#include "matching/matcher.h"
#include "matching/token_facts.h"
#include "tagging/aliases.h"
#include "tagging/annotate.h"
#include "tagging/attribution.h"
#include "tagging/emission.h"
#include "tagging/findings.h"
#include "tagging/organizations.h"
#include "tagging/persons.h"
#include "tagging/phase.h"
#include "tagging/quotes.h"
#include "tagging/roles.h"
#include "text/document.h"

namespace kutip::tagging {

// What annotate() works with, in the order of its steps; each keeps its memory from text to text.
struct Workspace::Impl {
  text::Document document;
  matching::LexiconHits lexicon_hits;
  matching::TokenFacts facts;
  matching::AnnotationIndex annotations;
  matching::Matcher matcher;
  std::vector<std::uint8_t> plugin_wanted;
  PhaseMatches matches;
  Emission emission;
  AliasLookup aliases;
  Records records;
  std::vector<std::uint32_t> entity_of_record;  // index into persons or organizations, by record
  PersonMerger persons;
  OrganizationMerger organizations;
  Roles roles;
  QuoteBuilder quotes;
  Attribution attribution;
};

}  // namespace kutip::tagging
