#include "matching/anchor_taking.h"

#include <algorithm>

namespace kutip::matching {
namespace {

std::optional<EntryId> entry_at(const LexiconHits& hits, text::TokenRange range, const std::vector<LexiconId>& wanted) {
  for (const std::uint32_t i : hits.starting_at(range.begin)) {
    const LexiconHit& hit = hits.hits()[i];
    if (hit.range == range && std::find(wanted.begin(), wanted.end(), hit.lexicon) != wanted.end()) return hit.entry;
  }
  return std::nullopt;
}

std::optional<TakenAnchor> take_option(const AnchorOption& option, const Program::Impl& program,
                                       const MatchInput& input, const Candidate& candidate, Search& search) {
  if ((option.op == Op::kAnnotation) != (candidate.annotation >= 0)) return std::nullopt;
  if (option.op == Op::kAnnotation) {
    const auto index = static_cast<std::uint32_t>(candidate.annotation);
    const AnnotationTest& test = program.annotation_tests[option.operand];
    if (!search.annotation_fits(test, input.annotations.all()[index])) return std::nullopt;
    return TakenAnchor{&option, TrailItem{TrailItem::Kind::kAnnotation, index, candidate.range}};
  }
  if (option.op == Op::kLexicon) {
    const auto entry = entry_at(input.lexicon_hits, candidate.range, program.lexicon_sets[option.operand]);
    if (!entry) return std::nullopt;
    return TakenAnchor{&option, TrailItem{TrailItem::Kind::kEntry, *entry, candidate.range}};
  }
  if (candidate.range.size() != 1 || !search.condition_holds(option.operand, candidate.range.begin))
    return std::nullopt;
  return TakenAnchor{&option, std::nullopt};
}

}  // namespace

std::optional<TakenAnchor> take_anchor(const Program::Impl& program, const MatchInput& input,
                                       const Candidate& candidate, Search& search) {
  for (const AnchorOption& option : program.anchor_options)
    if (const auto taken = take_option(option, program, input, candidate, search)) return taken;
  return std::nullopt;
}

}  // namespace kutip::matching
