#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
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

  // Returns the id of `normal_form`, adding it if it is new. Copies the string. REQUIRES: all forms together have less
  // than 2^31 bytes.
  WordId add(std::string_view normal_form);

  // Returns the id of `normal_form`, whose hash_word() is `hash`; kUnknownWord if it was never added. O(1).
  WordId find(std::string_view normal_form, std::uint64_t hash) const {
    return find_if(hash, [normal_form](std::string_view form) { return form == normal_form; });
  }
  WordId find(std::string_view normal_form) const { return find(normal_form, hash_word(normal_form)); }

  // The same for a word whose normal form is not at hand: is_form(form) tells whether it is `form`. Called for few
  // forms but the right one. kReadableBytes can be read from the start of `form`, whatever its size.
  template <typename IsForm>
  WordId find_if(std::uint64_t hash, IsForm is_form) const {
    for (std::size_t i = first_slot(hash); slots_[i].record != kEmpty; i = next_slot(i)) {
      if (slots_[i].tag == tag_of(hash) && is_form(form_at(slots_[i].record))) return word_at(slots_[i].record);
    }
    return kUnknownWord;
  }
  static constexpr std::size_t kReadableBytes = 16;

  // Hides the cost of reaching memory when called some words before find() or find_if().
  void prefetch(std::uint64_t hash) const { __builtin_prefetch(&slots_[first_slot(hash)]); }
  // The second half of it, some words after prefetch().
  void prefetch_form(std::uint64_t hash) const {
    __builtin_prefetch(records_.data() + slots_[first_slot(hash)].record);
  }

  // The normal form of `word`, valid while this object lives and is not added to. REQUIRES: word was returned by add().
  std::string_view form(WordId word) const { return form_at(records_of_[word - 1]); }

  // Ids are in [1, size()].
  std::uint32_t size() const { return static_cast<std::uint32_t>(records_of_.size()); }

 private:
  // Small, for look-ups of unknown words end here, and often outside the cache.
  struct Slot {
    std::uint32_t tag = 0;
    std::uint32_t record = kEmpty;  // offset in records_
  };
  static constexpr std::uint32_t kEmpty = 0;

  static std::uint32_t tag_of(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32); }
  std::size_t first_slot(std::uint64_t hash) const { return static_cast<std::size_t>(hash) & (slots_.size() - 1); }
  std::size_t next_slot(std::size_t slot) const { return (slot + 1) & (slots_.size() - 1); }
  std::uint32_t read(std::uint32_t offset) const {
    std::uint32_t value;
    std::memcpy(&value, records_.data() + offset, sizeof value);
    return value;
  }
  WordId word_at(std::uint32_t record) const { return read(record); }
  std::string_view form_at(std::uint32_t record) const { return {records_.data() + record + 8, read(record + 4)}; }
  std::uint32_t append_record(WordId word, std::string_view form);
  void insert(std::uint64_t hash, std::uint32_t record);
  void grow();

  std::vector<Slot> slots_;                // open addressing, power of two, at most half full
  std::vector<char> records_;              // id, size and bytes of each form, so that all are in one place
  std::vector<std::uint32_t> records_of_;  // by WordId - 1
};

}  // namespace kutip::text
