#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "matching/match_input.h"
#include "matching/pattern.h"
#include "matching/token_classes.h"

namespace kutip::matching {

// A Condition as masks over TokenFacts.
class CompiledCondition {
 public:
  // Adds the classes that the condition asks for.
  CompiledCondition(const Condition& condition, TokenClasses& classes);

  // True if all given parts hold for the token. A few loads and compares.
  bool holds(std::uint32_t token, const MatchInput& input) const {
    const std::uint64_t* facts = input.facts.of(token);
    if (shape_ != 0 && (facts[0] & shape_) == 0) return false;
    for (std::uint32_t i = 0; i < inline_count_; ++i)
      if ((facts[masks_[i].column] & masks_[i].care) != masks_[i].want) return false;
    return !is_rare_ || rest_holds(token, input);
  }

  // The same for a token with these facts, under annotations of these types, what else is asked taken as met.
  bool may_hold(const std::uint64_t* facts, std::uint64_t types) const {
    if (shape_ != 0 && (facts[0] & shape_) == 0) return false;
    if ((anno_ != 0 && (types & anno_) == 0) || (types & not_anno_) != 0) return false;
    const auto met = [facts](const Mask& mask) { return (facts[mask.column] & mask.care) == mask.want; };
    return std::all_of(masks_.begin(), masks_.begin() + inline_count_, met) &&
           std::all_of(more_masks_.begin(), more_masks_.end(), met);
  }
  // True if nothing else is asked.
  bool is_known_by_facts() const { return min_length_ == 0 && max_length_ == 0xFFFF && unlisted_ == nullptr; }
  // All types of annotations it asks about.
  std::uint64_t asked_annotations() const { return anno_ | not_anno_; }
  // Adds the bits of facts that it asks about, by column.
  void add_asked_facts(std::vector<std::uint64_t>& columns) const;

  // A class or shape that all tokens are in for which the condition holds, if it has one.
  struct Necessary {
    std::uint32_t column = 0;
    std::uint64_t any = 0;  // one of these bits; 0: none is known
    friend bool operator==(const Necessary&, const Necessary&) = default;
  };
  Necessary necessary() const;
  std::uint64_t necessary_annotations() const { return anno_; }

 private:
  // The bits `care` of the column are `want`.
  struct Mask {
    std::uint64_t care = 0, want = 0;
    std::uint32_t column = 0;
  };
  bool rest_holds(std::uint32_t token, const MatchInput& input) const;
  void add(TokenClass in, bool wanted);
  void add_lists(const Condition& condition, TokenClasses& classes);
  bool unlisted_hold(std::uint32_t token, const MatchInput& input) const;

  std::uint64_t shape_ = 0;
  std::uint32_t inline_count_ = 0;
  bool is_rare_ = false;  // rest_holds() has to be asked
  std::uint16_t min_length_, max_length_;
  std::array<Mask, 3> masks_;
  std::vector<Mask> more_masks_;
  std::uint64_t anno_, not_anno_;
  // Lists that have no class.
  struct Unlisted {
    std::vector<text::WordId> words, not_words;  // sorted
    std::vector<std::string> texts, not_texts;
  };
  std::shared_ptr<const Unlisted> unlisted_;  // null for nearly all
};

}  // namespace kutip::matching
