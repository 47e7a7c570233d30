#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kutip::text {

// Identifies a normal form in a Vocabulary; equal ids mean equal normal forms.
using WordId = std::uint32_t;
inline constexpr WordId kUnknownWord = 0;

// Hash of a normal form. Stable within a process; also used to compare words that no Vocabulary holds.
std::uint64_t hash_word(std::string_view normal_form);

// The normal forms that rules and lexicons mention, each with an id from 1 on. Filled while rules load, then only read:
// any number of threads may call the const members at once.
class Vocabulary {
 public:
  Vocabulary();

  // Returns the id of `normal_form`, adding it if it is new. Copies the string.
  WordId add(std::string_view normal_form);

  // Returns the id of `normal_form`, whose hash_word() is `hash`; kUnknownWord if it was never added. O(1).
  WordId find(std::string_view normal_form, std::uint64_t hash) const;
  WordId find(std::string_view normal_form) const { return find(normal_form, hash_word(normal_form)); }

  // The first id whose form has this hash, without a look at the form; find() when that is not the word in question.
  WordId find_by_hash(std::uint64_t hash) const {
    std::size_t i = first_slot(hash);
    while (slots_[i].word != kUnknownWord && slots_[i].hash != hash) i = next_slot(i);
    return slots_[i].word;
  }
  // Hides the cost of reaching memory when called some words before find_by_hash().
  void prefetch(std::uint64_t hash) const { __builtin_prefetch(&slots_[first_slot(hash)]); }

  // The normal form of `word`, valid while this object lives and is not added to. REQUIRES: word was returned by add().
  std::string_view form(WordId word) const;

  // Ids are in [1, size()].
  std::uint32_t size() const;

 private:
  struct Slot {
    std::uint64_t hash = 0;
    WordId word = kUnknownWord;
  };
  std::size_t first_slot(std::uint64_t hash) const { return static_cast<std::size_t>(hash) & (slots_.size() - 1); }
  std::size_t next_slot(std::size_t slot) const { return (slot + 1) & (slots_.size() - 1); }
  void insert(Slot slot);
  void grow();

  std::vector<Slot> slots_;               // open addressing, power of two, at most half full
  std::vector<std::uint32_t> form_ends_;  // forms_[form_ends_[id - 1], form_ends_[id]) is the form of id
  std::string forms_;
};

}  // namespace kutip::text
