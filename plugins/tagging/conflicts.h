#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "tagging/records.h"
#include "tagging/rule_set.h"

namespace kutip::tagging {

// Which record holds which tokens, by type. See "Order and conflicts" in rules/LANGUAGE.md.
class TakenTokens {
 public:
  // Frees all tokens, for a document of `tokens` tokens. O(tokens * types held before).
  void reset(std::uint32_t tokens, std::size_t types);

  // True if a record of `type` over `parts` may be accepted: kLongest, if all its tokens are free; kNest, if all are
  // free or all are held by one record, no part of which is just as long; kAll, always. O(tokens of the parts).
  bool admits(TypeId type, std::span<const Part> parts, Overlap overlap, const Records& records) const;

  // The record of `type` over exactly these tokens, or nothing. O(1).
  std::optional<std::uint32_t> record_over(TypeId type, text::TokenRange range, const Records& records) const;

  // Lets `record` hold the tokens of `parts`. A nested one takes them from the one around it; under kAll, only free
  // tokens change hands.
  void take(TypeId type, std::span<const Part> parts, Overlap overlap, std::uint32_t record);

 private:
  std::uint32_t tokens_ = 0;
  std::vector<std::vector<std::uint32_t>> holders_;  // by type, empty until used, then by token: 0 or 1 + record
};

}  // namespace kutip::tagging
