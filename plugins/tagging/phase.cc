#include "tagging/phase.h"

#include <algorithm>

#include "tagging/acronym.h"

namespace kutip::tagging {
namespace {

using matching::Capture;
using matching::MatchInput;
using text::TokenRange;

TokenRange unit_around(const text::Document& document, Unit unit, std::uint32_t token) {
  return unit == Unit::kSentence ? document.sentences()[document.sentence_of(token)]
                                 : document.paragraphs()[document.paragraph_of(token)];
}

bool passes(const AcronymCheck& check, std::span<const Capture> captures, const text::Document& document) {
  const Capture& short_form = captures[check.short_form];
  const Capture& long_form = captures[check.long_form];
  return short_form.taken && long_form.taken && !short_form.range.empty() && !long_form.range.empty() &&
         is_acronym_of(document.text(short_form.range), document.text(long_form.range));
}

// Asks a rule's exceptions. What holds for a whole unit is asked once per unit, not once per match.
class Exceptions {
 public:
  Exceptions(const MatchInput& input, matching::Matcher& matcher) : input_(input), matcher_(matcher) {}

  bool suppress(RuleId id, const Rule& rule, TokenRange match, TokenRange unit) {
    return std::any_of(rule.exceptions.begin(), rule.exceptions.end(),
                       [&](const Exception& exception) {
                         switch (exception.where) {
                           case Exception::Where::kBefore:
                             return occurs(exception, {unit.begin, match.begin}, false, true);
                           case Exception::Where::kAfter:
                             return occurs(exception, {match.end, unit.end}, true, false);
                           case Exception::Where::kInside:
                             return occurs(exception, match, false, false);
                           case Exception::Where::kSentence:
                             break;
                         }
                         return false;
                       }) ||
           suppresses_unit(id, rule, unit);
  }

 private:
  bool occurs(const Exception& exception, TokenRange within, bool at_begin, bool at_end) {
    return !within.empty() && matcher_.occurs(exception.program, input_, within, at_begin, at_end);
  }

  bool suppresses_unit(RuleId id, const Rule& rule, TokenRange unit) {
    if (asked_ && id == rule_ && unit == unit_) return answer_;
    asked_ = true;
    rule_ = id;
    unit_ = unit;
    answer_ = std::any_of(rule.exceptions.begin(), rule.exceptions.end(), [&](const Exception& exception) {
      return exception.where == Exception::Where::kSentence && occurs(exception, unit, false, false);
    });
    return answer_;
  }

  const MatchInput& input_;
  matching::Matcher& matcher_;
  bool asked_ = false, answer_ = false;
  RuleId rule_ = 0;
  TokenRange unit_;
};

void sort_by_precedence(const Grammar& grammar, std::vector<RuleMatch>& matches) {
  std::sort(matches.begin(), matches.end(), [&grammar](const RuleMatch& a, const RuleMatch& b) {
    if (a.priority != b.priority) return a.priority > b.priority;
    if (a.range.size() != b.range.size()) return a.range.size() > b.range.size();
    if (a.range.begin != b.range.begin) return a.range.begin < b.range.begin;
    if (a.rule != b.rule) {
      const int order = grammar.rules[a.rule].id.compare(grammar.rules[b.rule].id);
      return order != 0 ? order < 0 : a.rule < b.rule;
    }
    return a.first_capture < b.first_capture;
  });
}

}  // namespace

void PhaseMatches::read_text(const Grammar& grammar, const MatchInput& input) {
  grammar.finder.read_text(input, candidate_memory_);
}

bool PhaseMatches::find(const Grammar& grammar, std::uint32_t phase, const MatchInput& input,
                        std::span<const std::uint8_t> plugin_wanted, matching::Matcher& matcher,
                        text::Cancellation& cancellation) {
  matches_.clear();
  captures_.clear();
  grammar.finder.find(phase, input, candidate_memory_, candidates_);
  Exceptions exceptions(input, matcher);
  for (const matching::Candidate& candidate : candidates_) {
    if (cancellation.sometimes()) return false;
    const Rule& rule = grammar.rules[candidate.rule];
    if (!plugin_wanted.empty() && plugin_wanted[rule.plugin] == 0) continue;
    const TokenRange unit = unit_around(input.document, rule.unit, candidate.range.begin);
    if (!matcher.match(rule.program, input, candidate, unit, match_) || match_.range.empty()) continue;
    const auto passed = [&](const AcronymCheck& check) { return passes(check, match_.captures, input.document); };
    if (!std::all_of(rule.checks.begin(), rule.checks.end(), passed)) continue;
    if (exceptions.suppress(candidate.rule, rule, match_.range, unit)) continue;
    matches_.push_back({candidate.rule, rule.priority, match_.range, static_cast<std::uint32_t>(captures_.size())});
    captures_.insert(captures_.end(), match_.captures.begin(), match_.captures.end());
  }
  sort_by_precedence(grammar, matches_);
  return true;
}

}  // namespace kutip::tagging
