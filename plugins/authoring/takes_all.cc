#include "authoring/takes_all.h"

#include <algorithm>
#include <variant>

#include "authoring/compare_steps.h"
#include "matching/anchor_choice.h"

namespace kutip::authoring {
namespace {

using namespace matching;
using tagging::Rule;

struct Side {
  const Rule& rule;
  const loading::RulePatterns& patterns;
  const Steps& steps() const { return patterns.pattern.steps; }
};

bool comes_first(const Rule& a, const Rule& b) {
  return a.priority != b.priority ? a.priority > b.priority : a.id < b.id;
}

// Whether where the step ends, if it matches, is known before it is tried.
bool leaves_no_choice(const Step& step) {
  return std::holds_alternative<AtStep>(step.kind) || std::holds_alternative<LookStep>(step.kind) ||
         (std::holds_alternative<TokenStep>(step.kind) && step.min == step.max);
}

// Compares two patterns step by step, from their anchors outwards, as they are matched.
class PatternComparison {
 public:
  PatternComparison(const Steps& wide, const Steps& narrow, CapturePairs& captures)
      : wide_(wide), narrow_(narrow), captures_(captures) {}

  // True only if the wide pattern has each match of the narrow one.
  bool holds(const text::Vocabulary& vocabulary) {
    if (wide_.size() != narrow_.size()) return false;
    if (std::all_of(wide_.begin(), wide_.end(), leaves_no_choice)) return side(0, wide_.size(), 1);
    const auto choice = choose_anchor(wide_, vocabulary), other = choose_anchor(narrow_, vocabulary);
    const auto* path = std::get_if<AnchorPath>(&choice);
    const auto* other_path = std::get_if<AnchorPath>(&other);
    if (path == nullptr || other_path == nullptr || !same_way(*path, *other_path)) return false;
    const std::size_t anchor = path->levels.front().index;
    if (path->levels.size() > 1) {  // around it the group has steps, and perhaps choices, of its own
      free_ = false;
      return steps_at(anchor) && side(anchor, 0, -1) && side(anchor + 1, wide_.size(), 1);
    }
    return anchors_at(anchor) && side(anchor, 0, -1) && side(anchor + 1, wide_.size(), 1);
  }

 private:
  static bool same_way(const AnchorPath& a, const AnchorPath& b) {
    return std::equal(a.levels.begin(), a.levels.end(), b.levels.begin(), b.levels.end(),
                      [](const auto& x, const auto& y) { return x.index == y.index; });
  }

  // The steps from a border of the list to another, going up or down.
  bool side(std::size_t from, std::size_t to, int direction) {
    const bool free = free_;
    for (std::size_t border = from; border != to; border += static_cast<std::size_t>(direction))
      if (!steps_at(direction > 0 ? border : border - 1)) return false;
    free_ = free;
    return true;
  }

  // Behind a choice, a step that asks for less could make another possibility succeed first.
  bool steps_at(std::size_t i) {
    const bool holds =
        (free_ && includes_tokens(wide_[i], narrow_[i], captures_)) || equal_step(wide_[i], narrow_[i], captures_);
    free_ = free_ && leaves_no_choice(wide_[i]);
    return holds;
  }

  // Each occurrence of the anchor is tried, so the wide one may have more of them.
  bool anchors_at(std::size_t i) {
    const auto* wide = std::get_if<LexStep>(&wide_[i].kind);
    const auto* narrow = std::get_if<LexStep>(&narrow_[i].kind);
    if (wide == nullptr || narrow == nullptr)
      return includes_tokens(wide_[i], narrow_[i], captures_) || equal_step(wide_[i], narrow_[i], captures_);
    Step same = wide_[i];
    same.kind = *narrow;
    return equal_step(same, narrow_[i], captures_) &&
           std::all_of(narrow->lexicons.begin(), narrow->lexicons.end(), [wide](LexiconId lexicon) {
             return std::find(wide->lexicons.begin(), wide->lexicons.end(), lexicon) != wide->lexicons.end();
           });
  }

  const Steps& wide_;
  const Steps& narrow_;
  CapturePairs& captures_;
  bool free_ = true;  // no choice was left so far on this side
};

// True if the captures take the same in every match.
bool same_capture(CaptureId a, CaptureId b, const CapturePairs& pairs) {
  return pairs.contains({a, b}) && std::none_of(pairs.begin(), pairs.end(), [&](const auto& pair) {
           return (pair.first == a) != (pair.second == b);
         });
}

bool same_cue(const tagging::Emit& a, const tagging::Emit& b, const CapturePairs& pairs) {
  const auto* x = std::get_if<tagging::CaptureRef>(&a.field(tagging::Field::kCue));
  const auto* y = std::get_if<tagging::CaptureRef>(&b.field(tagging::Field::kCue));
  if (x == nullptr || y == nullptr) return x == y;
  return same_capture(x->capture, y->capture, pairs);
}

// A quote's cue decides where it ends, too.
bool same_emits(const Rule& a, const Rule& b, const CapturePairs& pairs) {
  return std::equal(a.emits.begin(), a.emits.end(), b.emits.begin(), b.emits.end(), [&](const auto& x, const auto& y) {
    const auto same = [&](CaptureId p, CaptureId q) { return same_capture(p, q, pairs); };
    return x.type == y.type && std::equal(x.span.begin(), x.span.end(), y.span.begin(), y.span.end(), same) &&
           (x.type != tagging::kQuote || same_cue(x, y, pairs));
  });
}

bool has_each_exception(const Side& all, const Side& some) {
  const auto has = [&](std::size_t i) {
    for (std::size_t k = 0; k < all.rule.exceptions.size(); ++k) {
      CapturePairs ignored;
      if (all.rule.exceptions[k].where == some.rule.exceptions[i].where &&
          equal_steps(all.patterns.exceptions[k].second.steps, some.patterns.exceptions[i].second.steps, ignored))
        return true;
    }
    return false;
  };
  for (std::size_t i = 0; i < some.rule.exceptions.size(); ++i)
    if (!has(i)) return false;
  return true;
}

bool has_each_check(const Rule& all, const Rule& some, const CapturePairs& pairs) {
  return std::all_of(some.checks.begin(), some.checks.end(), [&](const tagging::AcronymCheck& check) {
    return std::any_of(all.checks.begin(), all.checks.end(), [&](const tagging::AcronymCheck& other) {
      return same_capture(check.short_form, other.short_form, pairs) &&
             same_capture(check.long_form, other.long_form, pairs);
    });
  });
}

// An ORGANIZATION over one of an earlier phase is no conflict, so that two rules can both name it again.
bool may_name_again(const Rule& rule, const tagging::Grammar& grammar) {
  const auto emits_organization = [](const Rule& r) {
    return std::any_of(r.emits.begin(), r.emits.end(), [](const auto& e) { return e.type == tagging::kOrganization; });
  };
  return emits_organization(rule) && std::any_of(grammar.rules.begin(), grammar.rules.end(), [&](const Rule& other) {
           return other.phase < rule.phase && emits_organization(other);
         });
}

}  // namespace

bool takes_all(RuleId winner, RuleId loser, const tagging::Grammar& grammar,
               std::span<const loading::RulePatterns> patterns) {
  const Side w{grammar.rules[winner], patterns[winner]}, l{grammar.rules[loser], patterns[loser]};
  // A caller may ask for the rules of one plugin only.
  if (winner == loser || w.rule.plugin != l.rule.plugin || w.rule.phase != l.rule.phase || w.rule.unit != l.rule.unit ||
      l.rule.overlap != tagging::Overlap::kLongest || !comes_first(w.rule, l.rule))
    return false;
  CapturePairs pairs;
  return PatternComparison(w.steps(), l.steps(), pairs).holds(grammar.vocabulary) &&
         same_emits(w.rule, l.rule, pairs) && has_each_check(l.rule, w.rule, pairs) && has_each_exception(l, w) &&
         !may_name_again(l.rule, grammar);
}

}  // namespace kutip::authoring
