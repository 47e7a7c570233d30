#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "matching/annotation_index.h"
#include "matching/lexicon.h"
#include "matching/matcher.h"
#include "tagging/emission.h"
#include "tagging/key_table.h"
#include "tagging/records.h"
#include "tagging/spelling.h"
#include "text/cancellation.h"
#include "text/document.h"

namespace kutip::tagging {

// `form` stands for `of`, as a match defined it.
struct NameLink {
  text::TokenRange of, form;
};

// Looks up in the whole document what the matches of a phase made known by `alias`: parts of persons' names, short
// forms of organizations, slips in capitals. Reused from text to text.
class AliasLookup {
 public:
  void reset() { links_.clear(); }

  // Serves emission.alias_requests() and accepts the mentions found. Returns false if cancelled.
  // O(tokens + requests), expected.
  //
  // A part of a name is not cut out of a longer name: it is passed over if a capitalised word stands beside it that no
  // annotation, no lexicon and no beginning of a sentence accounts for.
  // Nothing is taken in which the `unless` of its request matches.
  // REQUIRES: `annotations` is the index of `input`.
  bool find(const Grammar& grammar, const matching::MatchInput& input, matching::Matcher& matcher, Emission& emission,
            matching::AnnotationIndex& annotations, Records& records, text::Cancellation& cancellation);

  // Definitions met in all phases of the document so far.
  std::span<const NameLink> links() const { return links_; }

 private:
  struct Name {
    text::TokenRange range;
    std::uint32_t record = 0;
    bool parts = false;                         // else as a whole only
    const matching::Program* unless = nullptr;  // of the alias; null: none
  };
  struct WordPlace {
    std::uint32_t name = 0, offset = 0;
  };
  struct Slip {
    std::uint32_t token = 0, request = 0;
  };
  struct Found {
    std::uint32_t name = kNone;
    std::uint32_t length = 0;  // tokens
    bool whole = false;
  };

  void collect(const text::Document& document, std::span<const AliasRequest> requests);
  void add_name(const text::Document& document, Name name);
  Found longest_at(const text::Document& document, std::uint32_t token) const;
  bool in_lexicon(const matching::MatchInput& input, std::uint32_t token) const;
  bool is_cut_out(const matching::MatchInput& input, text::TokenRange range) const;
  std::size_t times_in_capitals(const text::Document& document, std::uint32_t token) const;
  void find_slips(const matching::MatchInput& input, Emission& emission, matching::AnnotationIndex& annotations,
                  Records& records);

  std::vector<NameLink> links_;
  std::vector<Name> names_;
  KeyTable known_names_;
  KeyedLists words_;  // hash of a word -> word_places_
  std::vector<WordPlace> word_places_;
  std::uint64_t first_filter_ = 0;  // of the hashes in words_
  matching::TokenClass in_any_lexicon_;
  SpellingIndex spellings_;              // -> alias requests
  std::vector<std::uint32_t> capitals_;  // tokens in capitals, by hash
  std::vector<Slip> slips_;
};

}  // namespace kutip::tagging
