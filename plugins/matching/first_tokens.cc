#include "matching/first_tokens.h"

#include <algorithm>
#include <utility>

namespace kutip::matching {
void FirstTokens::add(const FirstTokens& others) {
  any_token |= others.any_token;
  none |= others.none;
  annotations |= others.annotations;
  for (const auto& fact : others.facts) {
    const auto same = std::find_if(facts.begin(), facts.end(), [&](const auto& f) { return f.column == fact.column; });
    if (same != facts.end()) {
      same->any |= fact.any;
    } else {
      facts.push_back(fact);
    }
  }
}

FirstTokens FirstTokenFinder::of(const Steps& steps, std::size_t first, std::size_t last, FirstTokens then) {
  const bool rightward = direction_ == Direction::kRightward;
  for (std::size_t i = first; i < last; ++i) {  // from the one taken last
    const Step& step = steps[rightward ? first + last - 1 - i : i];
    then = of_repeats(step, step.min, step.max, std::move(then));
  }
  return then;
}

FirstTokens FirstTokenFinder::of_repeats(const Step& step, std::uint32_t min, std::uint32_t max, FirstTokens then) {
  if (max == 0) return then;
  FirstTokens once = of_once(step);
  if (min > 0 && !once.none) return once;
  once.none = false;  // what follows is first then
  then.add(once);
  return then;
}

const FirstTokens& FirstTokenFinder::of_once(const Step& step) {
  const auto known = known_.find(&step);
  if (known != known_.end()) return known->second;
  FirstTokens found = find(step);
  return known_.emplace(&step, std::move(found)).first->second;
}

FirstTokens FirstTokenFinder::of_condition(const Condition& condition) {
  const CompiledCondition compiled(condition, classes_);
  const auto necessary = compiled.necessary();
  if (necessary.any != 0) return {false, false, {necessary}, 0};
  if (compiled.necessary_annotations() != 0) return {false, false, {}, compiled.necessary_annotations()};
  return FirstTokens::unknown();
}

FirstTokens FirstTokenFinder::find(const Step& step) {
  struct Visitor {
    FirstTokenFinder& finder;
    FirstTokens operator()(const TokenStep& s) const { return finder.of_condition(s.condition); }
    FirstTokens operator()(const LexStep& s) const {
      if (s.lexicons.empty()) return FirstTokens::unknown();
      const TokenClass in = finder.classes_.of_lexicons(s.lexicons);
      return {false, false, {{in.column, in.bit}}, 0};
    }
    FirstTokens operator()(const AnnoStep& s) const {
      FirstTokens types;
      for (const TypeId type : s.types) types.annotations |= type_bit(type);
      return types;
    }
    FirstTokens operator()(const AnyStep& s) const {
      FirstTokens all;
      for (const Steps& alternative : s.alternatives) {
        all.add(finder.of(alternative, 0, alternative.size(), FirstTokens::nothing()));
      }
      return all;
    }
    FirstTokens operator()(const GapStep&) const { return FirstTokens::unknown(); }
    FirstTokens operator()(const RestStep&) const { return FirstTokens::unknown(); }
    FirstTokens operator()(const AtStep&) const { return FirstTokens::nothing(); }
    FirstTokens operator()(const LookStep&) const { return FirstTokens::nothing(); }
  };
  return std::visit(Visitor{*this}, step.kind);
}

}  // namespace kutip::matching
