#include "text/vocabulary.h"

#include <cstring>

namespace kutip::text {
namespace {

std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
  __extension__ const unsigned __int128 product = static_cast<unsigned __int128>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

std::uint64_t load(const char* bytes, std::size_t count) {
  std::uint64_t value = 0;
  std::memcpy(&value, bytes, count);
  return value;
}

}  // namespace

std::uint64_t hash_word(std::string_view w) {
  std::uint64_t h = 0x9E3779B97F4A7C15u ^ w.size();
  const char* p = w.data();
  std::size_t n = w.size();
  while (n > 8) {
    h = mix(h ^ load(p, 8), 0xD6E8FEB86659FD93u);
    p += 8;
    n -= 8;
  }
  return mix(h ^ load(p, n), 0xA0761D6478BD642Fu);
}

Vocabulary::Vocabulary() : slots_(64), form_ends_{0} {}

WordId Vocabulary::add(std::string_view normal_form) {
  const std::uint64_t hash = hash_word(normal_form);
  if (const WordId known = find(normal_form, hash); known != kUnknownWord) return known;
  if (2 * (size() + 1) > slots_.size()) grow();
  forms_ += normal_form;
  form_ends_.push_back(static_cast<std::uint32_t>(forms_.size()));
  std::size_t i = hash & (slots_.size() - 1);
  while (slots_[i].word != kUnknownWord) i = (i + 1) & (slots_.size() - 1);
  slots_[i] = {hash, size()};
  return size();
}

WordId Vocabulary::find(std::string_view normal_form, std::uint64_t hash) const {
  for (std::size_t i = hash & (slots_.size() - 1); slots_[i].word != kUnknownWord; i = (i + 1) & (slots_.size() - 1))
    if (slots_[i].hash == hash && form(slots_[i].word) == normal_form) return slots_[i].word;
  return kUnknownWord;
}

std::string_view Vocabulary::form(WordId word) const {
  return std::string_view(forms_).substr(form_ends_[word - 1], form_ends_[word] - form_ends_[word - 1]);
}

std::uint32_t Vocabulary::size() const {
  return static_cast<std::uint32_t>(form_ends_.size() - 1);
}

void Vocabulary::grow() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  for (const Slot& slot : old) {
    if (slot.word == kUnknownWord) continue;
    std::size_t i = slot.hash & (slots_.size() - 1);
    while (slots_[i].word != kUnknownWord) i = (i + 1) & (slots_.size() - 1);
    slots_[i] = slot;
  }
}

}  // namespace kutip::text
