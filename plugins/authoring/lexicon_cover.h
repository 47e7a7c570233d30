#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "matching/lexicon.h"
#include "matching/match_input.h"

namespace kutip::authoring {

// Which lexicons hold a token, be it by a hit or as one of the words that make none. Immutable; the lexicons outlive
// it.
class LexiconCover {
 public:
  // O(words that make no hits).
  explicit LexiconCover(const matching::LexiconSet& lexicons);

  bool covers(std::uint32_t token, matching::LexiconId lexicon, const matching::MatchInput& input) const;
  // Names of all lexicons that hold the token, each once, sorted. O(hits).
  std::vector<std::string> names(std::uint32_t token, const matching::MatchInput& input) const;

 private:
  const matching::LexiconSet& lexicons_;
  std::unordered_map<text::WordId, std::vector<matching::CoverWord>> words_;
};

}  // namespace kutip::authoring
