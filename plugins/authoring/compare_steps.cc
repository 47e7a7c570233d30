#include "authoring/compare_steps.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace kutip::authoring {
namespace {

using namespace matching;

template <typename T>
bool has_all(const std::vector<T>& all, const std::vector<T>& some) {
  return std::all_of(some.begin(), some.end(),
                     [&](const T& item) { return std::find(all.begin(), all.end(), item) != all.end(); });
}

// Of lists of which one item must hold; empty ones ask nothing.
template <typename T>
bool asks_no_more(const std::vector<T>& wide, const std::vector<T>& narrow) {
  return wide.empty() || (!narrow.empty() && has_all(wide, narrow));
}
bool asks_no_more(std::uint64_t wide, std::uint64_t narrow) {
  return wide == 0 || (narrow != 0 && (narrow & ~wide) == 0);
}

bool equal(const Condition& a, const Condition& b) {
  return includes(a, b) && includes(b, a);
}

bool equal(const std::optional<Condition>& a, const std::optional<Condition>& b) {
  return a.has_value() == b.has_value() && (!a || equal(*a, *b));
}

struct SameKind {
  const Step& other;
  CapturePairs& captures;

  bool operator()(const TokenStep& a) const { return equal(a.condition, std::get<TokenStep>(other.kind).condition); }
  bool operator()(const LexStep& a) const {
    const auto& b = std::get<LexStep>(other.kind);
    return has_all(a.lexicons, b.lexicons) && has_all(b.lexicons, a.lexicons);
  }
  bool operator()(const AnnoStep& a) const {
    const auto& b = std::get<AnnoStep>(other.kind);
    return has_all(a.types, b.types) && has_all(b.types, a.types) && a.min_tokens == b.min_tokens &&
           a.max_tokens == b.max_tokens && a.forms == b.forms && equal(a.first, b.first) && equal(a.last, b.last);
  }
  bool operator()(const AnyStep& a) const {
    const auto& b = std::get<AnyStep>(other.kind);
    return std::equal(a.alternatives.begin(), a.alternatives.end(), b.alternatives.begin(), b.alternatives.end(),
                      [this](const Steps& x, const Steps& y) { return equal_steps(x, y, captures); });
  }
  bool operator()(const GapStep& a) const {
    const auto& b = std::get<GapStep>(other.kind);
    return a.max == b.max && equal(a.never, b.never);
  }
  bool operator()(const RestStep& a) const {
    const auto& b = std::get<RestStep>(other.kind);
    return a.to == b.to && a.min_tokens == b.min_tokens && a.max_tokens == b.max_tokens && equal(a.never, b.never);
  }
  bool operator()(const AtStep& a) const { return a.border == std::get<AtStep>(other.kind).border; }
  bool operator()(const LookStep& a) const {
    const auto& b = std::get<LookStep>(other.kind);
    return a.ahead == b.ahead && a.wanted == b.wanted && equal_steps(a.steps, b.steps, captures);
  }
};

int number(const std::optional<CaptureId>& capture) {
  return capture ? static_cast<int>(*capture) : -1;
}

}  // namespace

bool includes(const Condition& wide, const Condition& narrow) {
  return asks_no_more(wide.text, narrow.text) && has_all(narrow.not_text, wide.not_text) &&
         asks_no_more(wide.lower, narrow.lower) && has_all(narrow.not_lower, wide.not_lower) &&
         asks_no_more(wide.prefix, narrow.prefix) && has_all(narrow.not_prefix, wide.not_prefix) &&
         asks_no_more(wide.suffix, narrow.suffix) && has_all(narrow.not_suffix, wide.not_suffix) &&
         asks_no_more(wide.lex, narrow.lex) && has_all(narrow.not_lex, wide.not_lex) &&
         asks_no_more(wide.anno, narrow.anno) && (wide.not_anno & ~narrow.not_anno) == 0 &&
         asks_no_more(wide.shape, narrow.shape) && (wide.not_shape & ~narrow.not_shape) == 0 &&
         wide.min_length <= narrow.min_length && wide.max_length >= narrow.max_length &&
         (!wide.sentence_initial || wide.sentence_initial == narrow.sentence_initial);
}

bool equal_steps(const Steps& a, const Steps& b, CapturePairs& captures) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](const Step& x, const Step& y) { return equal_step(x, y, captures); });
}

bool equal_step(const Step& a, const Step& b, CapturePairs& captures) {
  captures.emplace(number(a.capture), number(b.capture));
  return a.min == b.min && a.max == b.max && a.kind.index() == b.kind.index() &&
         std::visit(SameKind{b, captures}, a.kind);
}

bool includes_tokens(const Step& wide, const Step& narrow, CapturePairs& captures) {
  const auto* w = std::get_if<TokenStep>(&wide.kind);
  const auto* n = std::get_if<TokenStep>(&narrow.kind);
  if (w == nullptr || n == nullptr || wide.min != wide.max || wide.min != narrow.min || narrow.min != narrow.max)
    return false;
  captures.emplace(number(wide.capture), number(narrow.capture));
  return includes(w->condition, n->condition);
}

}  // namespace kutip::authoring
