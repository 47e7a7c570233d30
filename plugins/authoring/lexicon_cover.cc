#include "authoring/lexicon_cover.h"

#include <algorithm>
#include <set>

namespace kutip::authoring {
namespace {

bool suits(const matching::CoverWord& word, const text::Token& token) {
  return !word.capital || (token.shape & text::kCapital) != 0;
}

}  // namespace

LexiconCover::LexiconCover(const matching::LexiconSet& lexicons) : lexicons_(lexicons) {
  for (const matching::CoverWord& word : lexicons.cover_words()) words_[word.word].push_back(word);
}

bool LexiconCover::covers(std::uint32_t token, matching::LexiconId lexicon, const matching::MatchInput& input) const {
  if (input.lexicon_hits.covered(token, lexicon)) return true;
  const text::Token& seen = input.document.tokens()[token];
  const auto words = words_.find(seen.word);
  return words != words_.end() && std::any_of(words->second.begin(), words->second.end(), [&](const auto& word) {
           return word.lexicon == lexicon && suits(word, seen);
         });
}

std::vector<std::string> LexiconCover::names(std::uint32_t token, const matching::MatchInput& input) const {
  std::set<std::string> names;
  for (const matching::LexiconHit& hit : input.lexicon_hits.hits())
    if (hit.range.begin <= token && token < hit.range.end) names.emplace(lexicons_.name(hit.lexicon));
  const text::Token& seen = input.document.tokens()[token];
  if (const auto words = words_.find(seen.word); words != words_.end())
    for (const matching::CoverWord& word : words->second)
      if (suits(word, seen)) names.emplace(lexicons_.name(word.lexicon));
  return {names.begin(), names.end()};
}

}  // namespace kutip::authoring
