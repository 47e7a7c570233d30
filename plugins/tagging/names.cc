#include "tagging/names.h"

#include "text/vocabulary.h"

namespace kutip::tagging {
namespace {

// The finalizer of MurmurHash3 over a running combination.
std::uint64_t mix(std::uint64_t seed, std::uint64_t value) {
  std::uint64_t h = (seed ^ value) * 0xFF51AFD7ED558CCDull;
  h ^= h >> 33;
  h *= 0xC4CEB9FE1A85EC53ull;
  return h ^ (h >> 33);
}

bool spaced_simply(const text::Document& document, text::TokenRange range) {
  const auto tokens = document.tokens();
  for (std::uint32_t t = range.begin + 1; t < range.end; ++t) {
    const text::Span between{tokens[t - 1].span.end, tokens[t].span.begin};
    if (!between.empty() && document.text(between) != " ") return false;
  }
  return true;
}

}  // namespace

std::uint64_t name_key(const text::Document& document, text::TokenRange range) {
  std::uint64_t key = 1;
  for (std::uint32_t t = range.begin; t < range.end; ++t) key = mix(key, document.tokens()[t].hash);
  return key;
}

std::uint64_t string_key(std::string_view string) {
  return mix(2, text::hash_word(string));
}

std::string_view name_text(const text::Document& document, text::TokenRange range, std::deque<std::string>& strings) {
  if (spaced_simply(document, range)) return document.text(range);
  std::string& name = strings.emplace_back();
  for (std::uint32_t t = range.begin; t < range.end; ++t) {
    if (t != range.begin && document.space_before(t)) name += ' ';
    name += document.text(document.tokens()[t]);
  }
  return name;
}

}  // namespace kutip::tagging
