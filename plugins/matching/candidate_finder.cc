#include <algorithm>
#include <tuple>
#include <utility>

#include "matching/matcher.h"
#include "matching/program_impl.h"

namespace kutip::matching {
namespace {

// A way of taking a rule's anchor.
struct Trigger {
  std::uint32_t rule = 0;    // index into the finder's rules
  std::uint32_t option = 0;  // of its anchor
  friend auto operator<=>(const Trigger&, const Trigger&) = default;
};

// Lists of triggers by a small number: triggers[first[key], first[key + 1]).
class TriggersByKey {
 public:
  void add(std::uint32_t key, Trigger trigger) { pairs_.emplace_back(key, trigger); }

  // Ends the adding. REQUIRES: keys are below `keys`.
  void index(std::size_t keys) {
    std::sort(pairs_.begin(), pairs_.end());
    pairs_.erase(std::unique(pairs_.begin(), pairs_.end()), pairs_.end());
    first_.assign(keys + 1, 0);
    for (const auto& [key, trigger] : pairs_) {
      ++first_[key + 1];
      triggers_.push_back(trigger);
    }
    for (std::size_t i = 1; i < first_.size(); ++i) first_[i] += first_[i - 1];
    pairs_.clear();
    pairs_.shrink_to_fit();
  }

  bool empty() const { return triggers_.empty(); }
  std::size_t key_count() const { return first_.size() - 1; }
  std::span<const Trigger> of(std::uint32_t key) const {
    return std::span(triggers_).subspan(first_[key], first_[key + 1] - first_[key]);
  }

 private:
  std::vector<std::pair<std::uint32_t, Trigger>> pairs_;
  std::vector<std::uint32_t> first_;
  std::vector<Trigger> triggers_;
};

bool comes_before(const Candidate& a, const Candidate& b) {
  return std::tie(a.range.begin, a.range.end, a.annotation, a.option, a.entry) <
         std::tie(b.range.begin, b.range.end, b.annotation, b.option, b.entry);
}

bool is_same_occurrence(const Candidate& a, const Candidate& b) {
  return a.range == b.range && a.annotation == b.annotation;
}

}  // namespace

struct CandidateFinder::Impl {
  struct Rule {
    RuleId id = 0;
    Program program;
  };
  struct Shape {
    std::uint16_t mask = 0;
    std::vector<Trigger> triggers;
  };

  void add(const WordAnchor& anchor, Trigger trigger) {
    for (const text::WordId word : anchor.words) by_word.add(word, trigger);
    words.insert(words.end(), anchor.words.begin(), anchor.words.end());
  }
  void add(const LexiconAnchor& anchor, Trigger trigger) {
    for (const LexiconId lexicon : anchor.lexicons) (anchor.each_token ? by_cover : by_lexicon).add(lexicon, trigger);
  }
  void add(const AnnotationAnchor& anchor, Trigger trigger) {
    for (const TypeId type : anchor.types) by_type.add(type, trigger);
  }
  void add(const ShapeAnchor& anchor, Trigger trigger) {
    const auto known =
        std::find_if(shapes.begin(), shapes.end(), [&](const Shape& s) { return s.mask == anchor.shape; });
    Shape& shape = known == shapes.end() ? shapes.emplace_back(Shape{anchor.shape, {}}) : *known;
    shape.triggers.push_back(trigger);
  }

  void find_words(const MatchInput& input, Memory& memory) const;
  void find_shapes(const MatchInput& input, Memory& memory) const;
  void find_entries(const MatchInput& input, Memory& memory) const;
  void find_covered(const MatchInput& input, Memory& memory) const;
  void find_annotations(const MatchInput& input, Memory& memory) const;
  void note(const Trigger& trigger, Candidate candidate, const MatchInput& input, Memory& memory) const;
  void put_in_order(Memory& memory, std::vector<Candidate>& out) const;

  std::vector<Rule> rules;
  TriggersByKey by_word, by_lexicon, by_cover, by_type;
  std::vector<Shape> shapes;
  std::vector<text::WordId> words;  // of by_word
  TokenClass is_word;               // one of `words`
};

CandidateFinder::CandidateFinder(std::span<const Program* const> programs, std::span<const RuleId> ids,
                                 std::uint32_t vocabulary_size, std::size_t lexicon_count, TokenClasses& classes) {
  auto impl = std::make_unique<Impl>();
  for (std::size_t i = 0; i < programs.size(); ++i) impl->rules.push_back({ids[i], *programs[i]});
  std::sort(impl->rules.begin(), impl->rules.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  for (std::uint32_t rule = 0; rule < impl->rules.size(); ++rule) {
    const std::span<const Anchor> anchors = impl->rules[rule].program.anchors();
    for (std::uint32_t option = 0; option < anchors.size(); ++option)
      std::visit([&](const auto& kind) { impl->add(kind, Trigger{rule, option}); }, anchors[option]);
  }
  impl->by_word.index(vocabulary_size + 1);
  impl->by_lexicon.index(lexicon_count);
  impl->by_cover.index(lexicon_count);
  impl->by_type.index(kMaxTypes);
  if (!impl->words.empty()) impl->is_word = classes.of_words(impl->words);
  impl_ = std::move(impl);
}

CandidateFinder::CandidateFinder(CandidateFinder&&) noexcept = default;
CandidateFinder& CandidateFinder::operator=(CandidateFinder&&) noexcept = default;
CandidateFinder::~CandidateFinder() = default;

void CandidateFinder::find(const MatchInput& input, Memory& memory, std::vector<Candidate>& out) const {
  memory.found.clear();
  memory.rules.clear();
  if (memory.count_of_rule.size() < impl_->rules.size() + 1) memory.count_of_rule.resize(impl_->rules.size() + 1);
  if (!impl_->by_word.empty()) impl_->find_words(input, memory);
  if (!impl_->shapes.empty()) impl_->find_shapes(input, memory);
  if (!impl_->by_lexicon.empty()) impl_->find_entries(input, memory);
  if (!impl_->by_cover.empty()) impl_->find_covered(input, memory);
  if (!impl_->by_type.empty()) impl_->find_annotations(input, memory);
  impl_->put_in_order(memory, out);
}

// A candidate carries the index of its rule until they are put in order.
void CandidateFinder::Impl::note(const Trigger& trigger, Candidate candidate, const MatchInput& input,
                                 Memory& memory) const {
  const Program::Impl& program = rules[trigger.rule].program.impl();
  if (!program.anchor_holds(program.anchor_options[trigger.option], candidate, input)) return;
  candidate.rule = trigger.rule;
  candidate.option = trigger.option;
  memory.found.push_back(candidate);
  if (memory.count_of_rule[trigger.rule]++ == 0) memory.rules.push_back(trigger.rule);
}

// A counting sort by rule; within a rule, candidates come in order but for anchors of several kinds.
void CandidateFinder::Impl::put_in_order(Memory& memory, std::vector<Candidate>& out) const {
  std::sort(memory.rules.begin(), memory.rules.end());
  out.resize(memory.found.size());
  std::uint32_t begin = 0;
  for (const std::uint32_t rule : memory.rules) begin += std::exchange(memory.count_of_rule[rule], begin);
  for (const Candidate& candidate : memory.found) out[memory.count_of_rule[candidate.rule]++] = candidate;
  begin = 0;
  auto kept = out.begin();
  for (const std::uint32_t rule : memory.rules) {
    const auto first = out.begin() + begin;
    begin = std::exchange(memory.count_of_rule[rule], 0);
    const auto last = out.begin() + begin;
    if (!std::is_sorted(first, last, comes_before)) std::sort(first, last, comes_before);
    for (auto i = first; i != last; ++i) {
      if (i != first && is_same_occurrence(*i, *(i - 1))) continue;
      *kept = *i;
      kept->rule = rules[rule].id;
      ++kept;
    }
  }
  out.erase(kept, out.end());
}

void CandidateFinder::Impl::find_words(const MatchInput& input, Memory& memory) const {
  const std::span<const text::Token> tokens = input.document.tokens();
  for (std::uint32_t i = 0; i < tokens.size(); ++i) {
    if ((input.facts.of(i)[is_word.column] & is_word.bit) == 0) continue;
    for (const Trigger& trigger : by_word.of(tokens[i].word)) note(trigger, {0, {i, i + 1}}, input, memory);
  }
}

void CandidateFinder::Impl::find_shapes(const MatchInput& input, Memory& memory) const {
  const std::span<const text::Token> tokens = input.document.tokens();
  for (const Shape& shape : shapes) {
    for (std::uint32_t i = 0; i < tokens.size(); ++i) {
      if (shape.mask != 0 && (tokens[i].shape & shape.mask) == 0) continue;
      for (const Trigger& trigger : shape.triggers) note(trigger, {0, {i, i + 1}}, input, memory);
    }
  }
}

void CandidateFinder::Impl::find_entries(const MatchInput& input, Memory& memory) const {
  for (const LexiconHit& hit : input.lexicon_hits.hits())
    for (const Trigger& trigger : by_lexicon.of(hit.lexicon)) {
      note(trigger, {0, hit.range, -1, hit.entry}, input, memory);
    }
}

void CandidateFinder::Impl::find_covered(const MatchInput& input, Memory& memory) const {
  memory.reach.assign(by_cover.key_count(), 0);  // by lexicon: tokens before it are dealt with
  for (const LexiconHit& hit : input.lexicon_hits.hits()) {
    const std::span<const Trigger> triggers = by_cover.of(hit.lexicon);
    if (triggers.empty()) continue;
    std::uint32_t& reach = memory.reach[hit.lexicon];
    for (std::uint32_t i = std::max(hit.range.begin, reach); i < hit.range.end; ++i)
      for (const Trigger& trigger : triggers) note(trigger, {0, {i, i + 1}}, input, memory);
    reach = std::max(reach, hit.range.end);
  }
}

void CandidateFinder::Impl::find_annotations(const MatchInput& input, Memory& memory) const {
  const std::span<const AnnotationView> all = input.annotations.all();
  for (std::size_t i = 0; i < all.size(); ++i)
    for (const Trigger& trigger : by_type.of(all[i].type)) {
      note(trigger, {0, all[i].range, static_cast<std::int64_t>(i)}, input, memory);
    }
}

}  // namespace kutip::matching
