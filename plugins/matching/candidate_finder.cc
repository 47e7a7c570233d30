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
  struct AnchoredRule {
    RuleId id = 0;
    std::uint32_t phase = 0;
    Program program;
    bool within_sentence = false;
  };
  struct Shape {
    std::uint16_t mask = 0;
    std::vector<Trigger> triggers;
  };
  // What is looked for anew in each phase.
  struct Phase {
    std::vector<Shape> shapes;
    TriggersByKey by_type;
  };

  void add(const WordAnchor& anchor, Trigger trigger) {
    for (const text::WordId word : anchor.words) by_word.add(word, trigger);
    for (const text::WordId word : anchor.words) is_word[word / 64] |= std::uint64_t{1} << (word % 64);
  }
  void add(const LexiconAnchor& anchor, Trigger trigger) {
    for (const LexiconId lexicon : anchor.lexicons) (anchor.each_token ? by_cover : by_lexicon).add(lexicon, trigger);
  }
  void add(const AnnotationAnchor& anchor, Trigger trigger) {
    for (const TypeId type : anchor.types) phases[rules[trigger.rule].phase].by_type.add(type, trigger);
  }
  void add(const ShapeAnchor& anchor, Trigger trigger) {
    std::vector<Shape>& shapes = phases[rules[trigger.rule].phase].shapes;
    const auto known =
        std::find_if(shapes.begin(), shapes.end(), [&](const Shape& s) { return s.mask == anchor.shape; });
    Shape& shape = known == shapes.end() ? shapes.emplace_back(Shape{anchor.shape, {}}) : *known;
    shape.triggers.push_back(trigger);
  }

  // Notes what the text makes possible: see Memory::in_text.
  void read_words(const MatchInput& input, Memory& memory) const;
  void read_entries(const MatchInput& input, Memory& memory) const;
  void read_cover(const LexiconHit& hit, Memory& memory) const;
  void note_possible(const Trigger& trigger, text::TokenRange range, EntryId entry, Memory& memory) const {
    memory.in_text[rules[trigger.rule].phase].push_back({trigger.rule, range, -1, entry, trigger.option});
  }

  static void find_types(const MatchInput& input, Memory& memory);
  void find_shapes(const Phase& phase, const MatchInput& input, Memory& memory) const;
  void find_annotations(const Phase& phase, const MatchInput& input, Memory& memory) const;
  // Keeps it if its anchor holds. `candidate.rule` is an index into `rules` until they are put in order.
  void keep_if_holds(const Candidate& candidate, const MatchInput& input, Memory& memory) const;
  void put_in_order(Memory& memory, std::vector<Candidate>& out) const;

  std::vector<AnchoredRule> rules;
  std::vector<Phase> phases;
  TriggersByKey by_word, by_lexicon, by_cover;
  std::vector<std::uint64_t> is_word;  // bits by word: by_word has it
};

CandidateFinder::CandidateFinder() : impl_(std::make_unique<const Impl>()) {}

CandidateFinder::CandidateFinder(std::span<const Rule> rules, std::uint32_t vocabulary_size,
                                 std::size_t lexicon_count) {
  auto impl = std::make_unique<Impl>();
  impl->is_word.assign(vocabulary_size / 64 + 1, 0);
  for (const Rule& rule : rules) {
    impl->rules.push_back({rule.id, rule.phase, *rule.program, rule.within_sentence});
    if (rule.phase >= impl->phases.size()) impl->phases.resize(rule.phase + 1);
  }
  std::sort(impl->rules.begin(), impl->rules.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  for (std::uint32_t rule = 0; rule < impl->rules.size(); ++rule) {
    const std::span<const Anchor> anchors = impl->rules[rule].program.anchors();
    for (std::uint32_t option = 0; option < anchors.size(); ++option)
      std::visit([&](const auto& kind) { impl->add(kind, Trigger{rule, option}); }, anchors[option]);
  }
  impl->by_word.index(vocabulary_size + 1);
  impl->by_lexicon.index(lexicon_count);
  impl->by_cover.index(lexicon_count);
  for (Impl::Phase& phase : impl->phases) phase.by_type.index(kMaxTypes);
  impl_ = std::move(impl);
}

CandidateFinder::CandidateFinder(CandidateFinder&&) noexcept = default;
CandidateFinder& CandidateFinder::operator=(CandidateFinder&&) noexcept = default;
CandidateFinder::~CandidateFinder() = default;

void CandidateFinder::read_text(const MatchInput& input, Memory& memory) const {
  memory.in_text.resize(impl_->phases.size());
  for (auto& possible : memory.in_text) possible.clear();
  if (!impl_->by_word.empty()) impl_->read_words(input, memory);
  impl_->read_entries(input, memory);
}

void CandidateFinder::find(std::uint32_t phase, const MatchInput& input, Memory& memory,
                           std::vector<Candidate>& out) const {
  out.clear();
  if (phase >= impl_->phases.size()) return;
  memory.found.clear();
  memory.rules.clear();
  if (memory.count_of_rule.size() < impl_->rules.size()) memory.count_of_rule.resize(impl_->rules.size());
  impl_->find_types(input, memory);
  for (const Candidate& possible : memory.in_text[phase]) impl_->keep_if_holds(possible, input, memory);
  impl_->find_shapes(impl_->phases[phase], input, memory);
  impl_->find_annotations(impl_->phases[phase], input, memory);
  impl_->put_in_order(memory, out);
}

void CandidateFinder::Impl::read_words(const MatchInput& input, Memory& memory) const {
  const std::span<const text::Token> tokens = input.document.tokens();
  for (std::uint32_t i = 0; i < tokens.size(); ++i) {
    const text::WordId word = tokens[i].word;
    if (word / 64 >= is_word.size() || (is_word[word / 64] >> (word % 64) & 1) == 0) continue;
    for (const Trigger& trigger : by_word.of(word)) note_possible(trigger, {i, i + 1}, kNoEntry, memory);
  }
}

void CandidateFinder::Impl::read_entries(const MatchInput& input, Memory& memory) const {
  memory.reach.assign(by_cover.key_count(), 0);
  for (const LexiconHit& hit : input.lexicon_hits.hits()) {
    for (const Trigger& trigger : by_lexicon.of(hit.lexicon)) note_possible(trigger, hit.range, hit.entry, memory);
    if (!by_cover.empty()) read_cover(hit, memory);
  }
}

// Tokens before memory.reach of the lexicon are dealt with.
void CandidateFinder::Impl::read_cover(const LexiconHit& hit, Memory& memory) const {
  const std::span<const Trigger> triggers = by_cover.of(hit.lexicon);
  if (triggers.empty()) return;
  std::uint32_t& reach = memory.reach[hit.lexicon];
  for (std::uint32_t i = std::max(hit.range.begin, reach); i < hit.range.end; ++i)
    for (const Trigger& trigger : triggers) note_possible(trigger, {i, i + 1}, kNoEntry, memory);
  reach = std::max(reach, hit.range.end);
}

void CandidateFinder::Impl::find_shapes(const Phase& phase, const MatchInput& input, Memory& memory) const {
  const std::span<const text::Token> tokens = input.document.tokens();
  for (const Shape& shape : phase.shapes) {
    for (std::uint32_t i = 0; i < tokens.size(); ++i) {
      if (shape.mask != 0 && (tokens[i].shape & shape.mask) == 0) continue;
      for (const Trigger& trigger : shape.triggers) {
        keep_if_holds({trigger.rule, {i, i + 1}, -1, kNoEntry, trigger.option}, input, memory);
      }
    }
  }
}

void CandidateFinder::Impl::find_annotations(const Phase& phase, const MatchInput& input, Memory& memory) const {
  if (phase.by_type.empty()) return;
  const std::span<const AnnotationView> all = input.annotations.all();
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (const Trigger& trigger : phase.by_type.of(all[i].type)) {
      keep_if_holds({trigger.rule, all[i].range, static_cast<std::int64_t>(i), kNoEntry, trigger.option}, input,
                    memory);
    }
  }
}

void CandidateFinder::Impl::find_types(const MatchInput& input, Memory& memory) {
  const std::span<const text::TokenRange> sentences = input.document.sentences();
  memory.types_in_sentence.resize(sentences.size());
  for (std::size_t s = 0; s < sentences.size(); ++s) {
    std::uint64_t types = 0;
    for (std::uint32_t i = sentences[s].begin; i < sentences[s].end; ++i) types |= input.annotations.types_over(i);
    memory.types_in_sentence[s] = types;
  }
}

void CandidateFinder::Impl::keep_if_holds(const Candidate& candidate, const MatchInput& input, Memory& memory) const {
  const Program::Impl& program = rules[candidate.rule].program.impl();
  if (!program.anchor_holds(program.anchor_options[candidate.option], candidate, input)) return;
  if (rules[candidate.rule].within_sentence) {
    const std::uint32_t sentence = input.document.sentence_of(candidate.range.begin);
    for (const Guard& need : program.needs)
      if (!need.admits_sentence(sentence, memory.types_in_sentence[sentence], input.facts)) return;
  }
  memory.found.push_back(candidate);
  if (memory.count_of_rule[candidate.rule]++ == 0) memory.rules.push_back(candidate.rule);
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

}  // namespace kutip::matching
