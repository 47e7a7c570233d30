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

// Offset 0 means an empty slot, so the first record stands behind it.
Vocabulary::Vocabulary() : slots_(64), records_(4 + kReadableBytes) {}

WordId Vocabulary::add(std::string_view normal_form) {
  const std::uint64_t hash = hash_word(normal_form);
  if (const WordId known = find(normal_form, hash); known != kUnknownWord) return known;
  const WordId word = size() + 1;
  records_of_.push_back(append_record(word, normal_form));
  if (records_of_.size() * 2 > slots_.size())
    grow();
  else
    insert(hash, records_of_.back());
  return word;
}

std::uint32_t Vocabulary::append_record(WordId word, std::string_view form) {
  const auto size = static_cast<std::uint32_t>(form.size());
  const std::size_t offset = records_.size() - kReadableBytes;
  records_.resize(offset + 8 + form.size() + kReadableBytes);
  char* record = records_.data() + offset;
  std::memcpy(record, &word, 4);
  std::memcpy(record + 4, &size, 4);
  if (size != 0) std::memcpy(record + 8, form.data(), size);
  return static_cast<std::uint32_t>(offset);
}

void Vocabulary::insert(std::uint64_t hash, std::uint32_t record) {
  std::size_t i = first_slot(hash);
  while (slots_[i].record != kEmpty) i = next_slot(i);
  slots_[i] = {tag_of(hash), record};
}

void Vocabulary::grow() {
  slots_.assign(slots_.size() * 2, Slot{});
  for (const std::uint32_t record : records_of_) insert(hash_word(form_at(record)), record);
}

}  // namespace kutip::text
