#include <algorithm>
#include <tuple>

#include "matching/matcher.h"

namespace kutip::matching {
namespace {

// Lists of rules by a small number: rules[first[key], first[key + 1]).
class RulesByKey {
 public:
  void add(std::uint32_t key, RuleId rule) { pairs_.emplace_back(key, rule); }

  // Ends the adding. REQUIRES: keys are below `keys`.
  void index(std::size_t keys) {
    std::sort(pairs_.begin(), pairs_.end());
    pairs_.erase(std::unique(pairs_.begin(), pairs_.end()), pairs_.end());
    first_.assign(keys + 1, 0);
    for (const auto& [key, rule] : pairs_) {
      ++first_[key + 1];
      rules_.push_back(rule);
    }
    for (std::size_t i = 1; i < first_.size(); ++i) first_[i] += first_[i - 1];
    pairs_.clear();
    pairs_.shrink_to_fit();
  }

  bool empty() const { return rules_.empty(); }
  std::size_t key_count() const { return first_.size() - 1; }
  std::span<const RuleId> of(std::uint32_t key) const {
    return std::span(rules_).subspan(first_[key], first_[key + 1] - first_[key]);
  }

 private:
  std::vector<std::pair<std::uint32_t, RuleId>> pairs_;
  std::vector<std::uint32_t> first_;
  std::vector<RuleId> rules_;
};

bool comes_before(const Candidate& a, const Candidate& b) {
  return std::tie(a.rule, a.range.begin, a.range.end, a.annotation, a.entry) <
         std::tie(b.rule, b.range.begin, b.range.end, b.annotation, b.entry);
}

bool is_same_occurrence(const Candidate& a, const Candidate& b) {
  return a.rule == b.rule && a.range == b.range && a.annotation == b.annotation;
}

}  // namespace

struct CandidateFinder::Impl {
  struct Shape {
    std::uint16_t mask = 0;
    std::vector<RuleId> rules;
  };

  void add(const WordAnchor& anchor, RuleId rule) {
    for (const text::WordId word : anchor.words) {
      if (word >= is_trigger.size()) continue;
      is_trigger[word] = 1;
      by_word.add(word, rule);
    }
  }
  void add(const LexiconAnchor& anchor, RuleId rule) {
    for (const LexiconId lexicon : anchor.lexicons) (anchor.each_token ? by_cover : by_lexicon).add(lexicon, rule);
  }
  void add(const AnnotationAnchor& anchor, RuleId rule) {
    for (const TypeId type : anchor.types) by_type.add(type, rule);
  }
  void add(const ShapeAnchor& anchor, RuleId rule) {
    const auto known =
        std::find_if(shapes.begin(), shapes.end(), [&](const Shape& s) { return s.mask == anchor.shape; });
    Shape& shape = known == shapes.end() ? shapes.emplace_back(Shape{anchor.shape, {}}) : *known;
    shape.rules.push_back(rule);
  }

  void find_tokens(const MatchInput& input, std::vector<Candidate>& out) const;
  void find_entries(const MatchInput& input, std::vector<Candidate>& out) const;
  void find_covered(const MatchInput& input, std::vector<Candidate>& out) const;
  void find_annotations(const MatchInput& input, std::vector<Candidate>& out) const;

  std::vector<std::uint8_t> is_trigger;  // by word, non-zero if by_word has it: a byte each, to stay in cache
  RulesByKey by_word, by_lexicon, by_cover, by_type;
  std::vector<Shape> shapes;
};

CandidateFinder::CandidateFinder(std::span<const Program* const> programs, std::span<const RuleId> ids,
                                 std::uint32_t vocabulary_size, std::size_t lexicon_count) {
  auto impl = std::make_unique<Impl>();
  impl->is_trigger.assign(vocabulary_size + 1, 0);
  for (std::size_t i = 0; i < programs.size(); ++i) {
    for (const Anchor& anchor : programs[i]->anchors())
      std::visit([&](const auto& kind) { impl->add(kind, ids[i]); }, anchor);
  }
  impl->by_word.index(vocabulary_size + 1);
  impl->by_lexicon.index(lexicon_count);
  impl->by_cover.index(lexicon_count);
  impl->by_type.index(kMaxTypes);
  impl_ = std::move(impl);
}

CandidateFinder::CandidateFinder(CandidateFinder&&) noexcept = default;
CandidateFinder& CandidateFinder::operator=(CandidateFinder&&) noexcept = default;
CandidateFinder::~CandidateFinder() = default;

void CandidateFinder::find(const MatchInput& input, std::vector<Candidate>& out) const {
  const auto first = static_cast<std::ptrdiff_t>(out.size());
  impl_->find_tokens(input, out);
  if (!impl_->by_lexicon.empty()) impl_->find_entries(input, out);
  if (!impl_->by_cover.empty()) impl_->find_covered(input, out);
  if (!impl_->by_type.empty()) impl_->find_annotations(input, out);
  std::sort(out.begin() + first, out.end(), comes_before);
  out.erase(std::unique(out.begin() + first, out.end(), is_same_occurrence), out.end());
}

void CandidateFinder::Impl::find_tokens(const MatchInput& input, std::vector<Candidate>& out) const {
  const std::span<const text::Token> tokens = input.document.tokens();
  for (std::uint32_t i = 0; i < tokens.size(); ++i) {
    const text::Token& token = tokens[i];
    const text::TokenRange range{i, i + 1};
    if (token.word < is_trigger.size() && is_trigger[token.word] != 0) {
      for (const RuleId rule : by_word.of(token.word)) out.push_back({rule, range});
    }
    for (const Shape& shape : shapes) {
      if (shape.mask != 0 && (token.shape & shape.mask) == 0) continue;
      for (const RuleId rule : shape.rules) out.push_back({rule, range});
    }
  }
}

void CandidateFinder::Impl::find_entries(const MatchInput& input, std::vector<Candidate>& out) const {
  for (const LexiconHit& hit : input.lexicon_hits.hits())
    for (const RuleId rule : by_lexicon.of(hit.lexicon)) out.push_back({rule, hit.range, -1, hit.entry});
}

void CandidateFinder::Impl::find_covered(const MatchInput& input, std::vector<Candidate>& out) const {
  std::vector<std::uint32_t> reach(by_cover.key_count(), 0);  // by lexicon: tokens before it are dealt with
  for (const LexiconHit& hit : input.lexicon_hits.hits()) {
    const std::span<const RuleId> rules = by_cover.of(hit.lexicon);
    if (rules.empty()) continue;
    for (std::uint32_t i = std::max(hit.range.begin, reach[hit.lexicon]); i < hit.range.end; ++i)
      for (const RuleId rule : rules) out.push_back({rule, {i, i + 1}});
    reach[hit.lexicon] = std::max(reach[hit.lexicon], hit.range.end);
  }
}

void CandidateFinder::Impl::find_annotations(const MatchInput& input, std::vector<Candidate>& out) const {
  const std::span<const AnnotationView> all = input.annotations.all();
  for (std::size_t i = 0; i < all.size(); ++i)
    for (const RuleId rule : by_type.of(all[i].type)) out.push_back({rule, all[i].range, static_cast<std::int64_t>(i)});
}

}  // namespace kutip::matching
