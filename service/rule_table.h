#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "matching/ids.h"

namespace kutip::service {

// Numbers the rules of one answer in order of first use. Reused from answer to answer by one thread, so that starting
// anew costs the rules of the last answer and not those of the grammar.
class RuleTable {
 public:
  void start(std::size_t rule_count) {
    for (const matching::RuleId rule : used_) index_[rule] = kUnused;
    used_.clear();
    if (index_.size() < rule_count) index_.resize(rule_count, kUnused);
  }

  // REQUIRES: rule < the rule_count of start().
  std::uint32_t index_of(matching::RuleId rule) {
    std::uint32_t& index = index_[rule];
    if (index == kUnused) {
      index = static_cast<std::uint32_t>(used_.size());
      used_.push_back(rule);
    }
    return index;
  }

  std::span<const matching::RuleId> used() const { return used_; }

 private:
  static constexpr std::uint32_t kUnused = 0xFFFFFFFF;
  std::vector<std::uint32_t> index_;  // by RuleId
  std::vector<matching::RuleId> used_;
};

}  // namespace kutip::service
