#include "matching/condition.h"

#include <algorithm>

namespace kutip::matching {

CompiledCondition::CompiledCondition(const Condition& c, TokenClasses& classes)
    : shape_(c.shape), min_length_(c.min_length), max_length_(c.max_length), anno_(c.anno), not_anno_(c.not_anno) {
  // What is wanted first, the rarest before others: most tokens fail there.
  add_lists(c, classes);
  if (!c.lex.empty()) add(classes.of_lexicons(c.lex), true);
  if (!c.prefix.empty()) add(classes.of_prefixes(c.prefix), true);
  if (!c.suffix.empty()) add(classes.of_suffixes(c.suffix), true);
  if (c.sentence_initial) add({0, kSentenceInitial}, *c.sentence_initial);
  if (c.not_shape != 0) add({0, c.not_shape}, false);
  if (!c.not_lex.empty()) add(classes.of_lexicons(c.not_lex), false);
  if (!c.not_prefix.empty()) add(classes.of_prefixes(c.not_prefix), false);
  if (!c.not_suffix.empty()) add(classes.of_suffixes(c.not_suffix), false);
  is_rare_ = (anno_ | not_anno_) != 0 || min_length_ > 0 || max_length_ < 0xFFFF || !more_masks_.empty() ||
             unlisted_ != nullptr;
}

void CompiledCondition::add_lists(const Condition& c, TokenClasses& classes) {
  Unlisted unlisted;
  const auto add_list = [&](const auto& list, auto& unlisted_list, bool wanted, auto class_of) {
    if (list.empty()) return;
    if (const std::optional<TokenClass> in = class_of(list)) {
      add(*in, wanted);
    } else {
      unlisted_list = list;
      std::sort(unlisted_list.begin(), unlisted_list.end());
    }
  };
  const auto of_words = [&](const auto& list) { return classes.of_words(list); };
  const auto of_texts = [&](const auto& list) { return classes.of_texts(list); };
  add_list(c.lower, unlisted.words, true, of_words);
  add_list(c.text, unlisted.texts, true, of_texts);
  add_list(c.not_lower, unlisted.not_words, false, of_words);
  add_list(c.not_text, unlisted.not_texts, false, of_texts);
  if (!unlisted.words.empty() || !unlisted.not_words.empty() || !unlisted.texts.empty() || !unlisted.not_texts.empty())
    unlisted_ = std::make_shared<const Unlisted>(std::move(unlisted));
}

bool CompiledCondition::unlisted_hold(std::uint32_t index, const MatchInput& input) const {
  const auto has = [](const auto& sorted, const auto& value) {
    return std::binary_search(sorted.begin(), sorted.end(), value);
  };
  const text::Token& token = input.document.tokens()[index];
  const std::string_view text = input.document.text(token);
  const Unlisted& u = *unlisted_;
  return (u.words.empty() || has(u.words, token.word)) && !has(u.not_words, token.word) &&
         (u.texts.empty() || has(u.texts, text)) && !has(u.not_texts, text);
}

void CompiledCondition::add(TokenClass in, bool wanted) {
  const auto same = std::find_if(masks_.begin(), masks_.begin() + inline_count_,
                                 [&](const Mask& mask) { return mask.column == in.column; });
  Mask* mask = nullptr;
  if (same != masks_.begin() + inline_count_) {
    mask = &*same;
  } else if (inline_count_ < masks_.size()) {
    mask = &masks_[inline_count_++];
  } else {
    mask = &more_masks_.emplace_back();
  }
  mask->column = in.column;
  const bool contradicts = ((mask->care | mask->want) & in.bit) != 0 && ((mask->want & in.bit) != 0) != wanted;
  if (contradicts) {  // no token is in the class and is not: what is wanted but not cared for is never found
    mask->care &= ~in.bit;
    mask->want |= in.bit;
    return;
  }
  mask->care |= in.bit;
  if (wanted) mask->want |= in.bit;
}

bool CompiledCondition::rest_holds(std::uint32_t token, const MatchInput& input) const {
  if ((anno_ | not_anno_) != 0) {
    const std::uint64_t over = input.annotations.types_over(token);
    if ((anno_ != 0 && (over & anno_) == 0) || (over & not_anno_) != 0) return false;
  }
  const std::uint16_t length = input.document.tokens()[token].length;
  if (length < min_length_ || length > max_length_) return false;
  if (unlisted_ != nullptr && !unlisted_hold(token, input)) return false;
  const std::uint64_t* facts = input.facts.of(token);
  return std::all_of(more_masks_.begin(), more_masks_.end(),
                     [facts](const Mask& mask) { return (facts[mask.column] & mask.care) == mask.want; });
}

void CompiledCondition::add_asked_facts(std::vector<std::uint64_t>& columns) const {
  const auto add = [&columns](std::uint32_t column, std::uint64_t bits) {
    if (column >= columns.size()) columns.resize(column + 1);
    columns[column] |= bits;
  };
  if (shape_ != 0) add(0, shape_);
  for (std::uint32_t i = 0; i < inline_count_; ++i) add(masks_[i].column, masks_[i].care);
  for (const Mask& mask : more_masks_) add(mask.column, mask.care);
}

CompiledCondition::Necessary CompiledCondition::necessary() const {
  for (std::uint32_t i = 0; i < inline_count_; ++i)
    if (masks_[i].want != 0) return {masks_[i].column, masks_[i].want & (~masks_[i].want + 1)};
  return {0, shape_};
}

}  // namespace kutip::matching
