#include "matching/anchor_choice.h"

#include <algorithm>
#include <optional>
#include <string>

#include "text/normal_form.h"

namespace kutip::matching {
namespace {

using Level = AnchorPath::Level;

// The alternatives of a choice or a group, the steps of a look-around; none for other steps.
std::vector<const Steps*> parts_of(const Step& step) {
  std::vector<const Steps*> parts;
  if (const auto* any = std::get_if<AnyStep>(&step.kind)) {
    for (const Steps& alternative : any->alternatives) parts.push_back(&alternative);
  } else if (const auto* look = std::get_if<LookStep>(&step.kind)) {
    parts.push_back(&look->steps);
  }
  return parts;
}

void collect_marked(const Steps& steps, std::vector<const Step*>& out) {
  for (const Step& step : steps) {
    if (step.anchor) out.push_back(&step);
    for (const Steps* part : parts_of(step)) collect_marked(*part, out);
  }
}

const Steps* only_alternative(const Step& step) {
  const auto* any = std::get_if<AnyStep>(&step.kind);
  return any != nullptr && any->alternatives.size() == 1 ? &any->alternatives[0] : nullptr;
}

bool is_leaf(const Step& step) {
  return std::holds_alternative<TokenStep>(step.kind) || std::holds_alternative<LexStep>(step.kind) ||
         std::holds_alternative<AnnoStep>(step.kind);
}

// Ids of the normal forms of `texts`; empty if one of them is not in the vocabulary.
std::vector<text::WordId> words_of(const std::vector<std::string>& texts, const text::Vocabulary& vocabulary) {
  std::vector<text::WordId> words;
  for (const std::string& t : texts) {
    words.push_back(vocabulary.find(text::normal_form(t)));
    if (words.back() == text::kUnknownWord) return {};
  }
  return words;
}

Anchor token_anchor(const Condition& condition, const text::Vocabulary& vocabulary) {
  if (!condition.lower.empty()) return WordAnchor{condition.lower};
  if (auto words = words_of(condition.text, vocabulary); !words.empty()) return WordAnchor{std::move(words)};
  if (!condition.lex.empty()) return LexiconAnchor{condition.lex, true};
  return ShapeAnchor{condition.shape};
}

// Places below `steps` where an anchor can be: required steps outside alternatives and look-arounds.
void collect_places(const Steps& steps, std::vector<Level>& path, std::vector<AnchorPath>& out) {
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const Step& step = steps[i];
    if (step.min == 0) continue;
    path.push_back({&steps, i});
    if (const Steps* group = only_alternative(step)) {
      collect_places(*group, path, out);
    } else if (!anchor_leaves(step).empty()) {
      out.push_back({path});
    }
    path.pop_back();
  }
}

// True if each step on the way to `wanted` is required and the only alternative.
bool is_required(const Steps& steps, const Step* wanted) {
  return std::any_of(steps.begin(), steps.end(), [wanted](const Step& step) {
    if (step.min == 0) return false;
    const Steps* group = only_alternative(step);
    return &step == wanted || (group != nullptr && is_required(*group, wanted));
  });
}

// 0 is the most specific: see the order of Anchor's kinds. Of alternatives the least specific counts.
std::size_t rank_of(const Step& anchor, const text::Vocabulary& vocabulary) {
  std::size_t rank = 0;
  for (const AnchorLeaf& leaf : anchor_leaves(anchor)) rank = std::max(rank, anchor_of(*leaf.step, vocabulary).index());
  return rank;
}

bool passes(const AnchorPath& path, const Step* step) {
  return std::any_of(path.levels.begin(), path.levels.end(), [step](const Level& l) { return &l.step() == step; });
}

}  // namespace

std::variant<AnchorPath, PatternError> choose_anchor(const Steps& steps, const text::Vocabulary& vocabulary) {
  std::vector<const Step*> marked;
  collect_marked(steps, marked);
  if (marked.size() > 1) return PatternError{PatternError::Kind::kManyAnchors, marked[1]->mark};
  if (marked.size() == 1 && !is_required(steps, marked[0])) {
    return PatternError{PatternError::Kind::kManyAnchors, marked[0]->mark};
  }

  std::vector<AnchorPath> places;
  std::vector<Level> path;
  collect_places(steps, path, places);
  if (!marked.empty()) std::erase_if(places, [&](const AnchorPath& place) { return !passes(place, marked[0]); });
  if (places.empty()) {
    const Step* at = !marked.empty() ? marked[0] : steps.empty() ? nullptr : &steps[0];
    return PatternError{PatternError::Kind::kNoAnchor, at == nullptr ? SourceMark{} : at->mark};
  }
  return *std::min_element(places.begin(), places.end(), [&](const AnchorPath& a, const AnchorPath& b) {
    return rank_of(a.anchor(), vocabulary) < rank_of(b.anchor(), vocabulary);
  });
}

std::vector<AnchorLeaf> anchor_leaves(const Step& anchor) {
  if (is_leaf(anchor)) return {{&anchor, {}}};
  const auto* any = std::get_if<AnyStep>(&anchor.kind);
  if (any == nullptr) return {};
  std::vector<AnchorLeaf> leaves;
  for (const Steps& alternative : any->alternatives) {
    if (alternative.size() != 1 || alternative[0].min != 1 || alternative[0].max != 1) return {};
    std::vector<AnchorLeaf> inner = anchor_leaves(alternative[0]);
    if (inner.empty()) return {};
    for (AnchorLeaf& leaf : inner) {
      if (alternative[0].capture) leaf.captures.push_back(*alternative[0].capture);
      leaves.push_back(std::move(leaf));
    }
  }
  return leaves;
}

Anchor anchor_of(const Step& leaf, const text::Vocabulary& vocabulary) {
  if (const auto* lex = std::get_if<LexStep>(&leaf.kind)) return LexiconAnchor{lex->lexicons};
  if (const auto* anno = std::get_if<AnnoStep>(&leaf.kind)) return AnnotationAnchor{anno->types};
  return token_anchor(std::get<TokenStep>(leaf.kind).condition, vocabulary);
}

}  // namespace kutip::matching
