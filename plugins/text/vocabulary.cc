#include "text/vocabulary.h"

#include "text/word_hash.h"

namespace kutip::text {

std::uint64_t hash_word(std::string_view normal_form) {
  const char* bytes = normal_form.data();
  std::size_t left = normal_form.size();
  if (left <= 16) return hash_short_word(load_short_word(bytes, left), left);
  std::uint64_t hash = left;
  for (; left > 16; left -= 16, bytes += 16) {
    hash = fold_product(load_lane(bytes) ^ kHashSeedLow, load_lane(bytes + 8) ^ kHashSeedHigh ^ hash);
  }
  return hash ^ hash_short_word(load_short_word(bytes, left), left ^ (hash >> 56));
}

Vocabulary::Vocabulary() : slots_(64), form_ends_{0} {}

WordId Vocabulary::add(std::string_view normal_form) {
  const std::uint64_t hash = hash_word(normal_form);
  if (const WordId known = find(normal_form, hash); known != kUnknownWord) return known;
  forms_.append(normal_form);
  form_ends_.push_back(static_cast<std::uint32_t>(forms_.size()));
  if (std::size_t{size()} * 2 > slots_.size()) grow();
  insert({hash, size()});
  return size();
}

WordId Vocabulary::find(std::string_view normal_form, std::uint64_t hash) const {
  for (std::size_t i = first_slot(hash); slots_[i].word != kUnknownWord; i = next_slot(i)) {
    if (slots_[i].hash == hash && form(slots_[i].word) == normal_form) return slots_[i].word;
  }
  return kUnknownWord;
}

std::string_view Vocabulary::form(WordId word) const {
  const std::uint32_t begin = form_ends_[word - 1];
  return std::string_view(forms_).substr(begin, form_ends_[word] - begin);
}

std::uint32_t Vocabulary::size() const {
  return static_cast<std::uint32_t>(form_ends_.size() - 1);
}

void Vocabulary::insert(Slot slot) {
  std::size_t i = first_slot(slot.hash);
  while (slots_[i].word != kUnknownWord) i = next_slot(i);
  slots_[i] = slot;
}

void Vocabulary::grow() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  for (const Slot& slot : old) {
    if (slot.word != kUnknownWord) insert(slot);
  }
}

}  // namespace kutip::text
