#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace kutip::tagging {

// How a one-word name can come from a fuller one beside leaving words out, the surest last.
enum class Nickname : std::uint8_t {
  kUnrelated,
  kSlip,       // one typing slip away from a word: Semuel, Samuel
  kBlend,      // the beginnings of its words in a row: Joko Widodo, Jokowi
  kBeginning,  // the beginning of a word: Yurianto, Yuri
};

// What `name` is to a name of `words`; all are normal forms. O(bytes).
Nickname nickname_of(std::string_view name, std::span<const std::string> words);

}  // namespace kutip::tagging
