#include <algorithm>
#include <array>
#include <string_view>

#include "matching/lexicon_set.h"
#include "text/utf8.h"

namespace kutip::matching {
namespace {

// White space that an entry may have between its tokens: ASCII, U+00A0, U+2000 to U+200A, U+202F, U+3000.
bool is_space(char32_t c) {
  return c == ' ' || c == '\t' || c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x3000;
}

// Compares token by token, whatever space stands between.
bool spelt_like(std::string_view form, const text::Document& document, text::TokenRange range) {
  std::size_t at = 0;
  for (std::uint32_t i = range.begin; i < range.end; ++i) {
    while (at < form.size() && is_space(text::code_point_at(form, at).value)) at += text::code_point_at(form, at).size;
    const std::string_view token = document.text(document.tokens()[i]);
    if (form.substr(at, token.size()) != token) return false;
    at += token.size();
  }
  while (at < form.size() && is_space(text::code_point_at(form, at).value)) at += text::code_point_at(form, at).size;
  return at == form.size();
}

}  // namespace

void LexiconHits::find(const LexiconSet& lexicons, const text::Document& document) {
  const auto tokens = static_cast<std::uint32_t>(document.tokens().size());
  const WordTrie& trie = lexicons.impl_->trie;
  hits_.clear();
  starts_.clear();
  first_at_begin_.resize(tokens + 2);
  const auto word_at = [&](std::uint32_t i) { return i < tokens ? document.tokens()[i].word : text::kUnknownWord; };
  // Large lexicons lie in memory far from the cache: what a start needs is fetched while the next ones are looked for.
  for (std::uint32_t i = 0; i < tokens; ++i) {
    if (!trie.may_start(word_at(i), word_at(i + 1))) continue;
    starts_.push_back(i);
    trie.prefetch_root_child(word_at(i));
  }
  for (const std::uint32_t start : starts_) lexicons.impl_->prefetch(word_at(start), word_at(start + 1));
  std::uint32_t known = 0;  // borders before it are filled in
  const auto fill_in = [&](std::uint32_t end) {
    while (known < end) first_at_begin_[known++] = static_cast<std::uint32_t>(hits_.size());
  };
  for (const std::uint32_t start : starts_) {
    fill_in(start + 1);
    find_at(start, lexicons, document);
  }
  fill_in(tokens + 2);
  while (order_.size() < hits_.size()) order_.push_back(static_cast<std::uint32_t>(order_.size()));
  sort_by_end(tokens);
}

// Walks the trie along the tokens, then takes the entries on the way back: longest first.
void LexiconHits::find_at(std::uint32_t token, const LexiconSet& lexicons, const text::Document& document) {
  const LexiconSet::Impl& set = *lexicons.impl_;
  const std::span<const text::Token> tokens = document.tokens();
  std::array<WordTrie::Node, LexiconSet::Builder::kMaxEntryTokens> path;
  path[0] = set.trie.root_child(tokens[token].word);
  std::uint32_t length = 1;
  const bool goes_on = token + 1 < tokens.size() && set.trie.may_begin(tokens[token].word, tokens[token + 1].word);
  while (goes_on && length < path.size() && token + length < tokens.size()) {
    const WordTrie::Node next = set.trie.child(path[length - 1], tokens[token + length].word);
    if (next == WordTrie::kNoNode || document.paragraph_of(token + length) != document.paragraph_of(token)) break;
    path[length++] = next;
  }
  for (; length > 0; --length) {
    const WordTrie::Node node = path[length - 1];
    const text::TokenRange range{token, token + length};
    for (std::uint32_t i = set.first_of_node[node]; i < set.first_of_node[node + 1]; ++i) {
      const LexiconSet::Impl::NodeEntry& e = set.node_entries[i];
      if (e.match == LexiconMatch::kCapital && (tokens[token].shape & text::kCapital) == 0) continue;
      if (e.match == LexiconMatch::kExact && !spelt_like(set.value(e.entry, 0), document, range)) continue;
      hits_.push_back({range, e.lexicon, e.entry});
    }
  }
}

// A counting sort; being stable it leaves hits with the same end in order of begin, which is longest first.
void LexiconHits::sort_by_end(std::uint32_t tokens) {
  // Counts stand two places up: after the sums the part of `end` begins at [end + 1], and filling it moves that to
  // where the next part begins, which leaves each begin at its own place.
  first_at_end_.assign(tokens + 3, 0);
  for (const LexiconHit& hit : hits_) ++first_at_end_[hit.range.end + 2];
  for (std::uint32_t i = 2; i < tokens + 3; ++i) first_at_end_[i] += first_at_end_[i - 1];
  by_end_.resize(hits_.size());
  for (std::uint32_t i = 0; i < hits_.size(); ++i) by_end_[first_at_end_[hits_[i].range.end + 1]++] = i;
}

bool LexiconHits::covered(std::uint32_t token, LexiconId lexicon) const {
  constexpr std::uint32_t kMost = LexiconSet::Builder::kMaxEntryTokens - 1;
  for (std::uint32_t begin = token - std::min(token, kMost); begin <= token; ++begin) {
    for (std::uint32_t i = first_at_begin_[begin]; i < first_at_begin_[begin + 1]; ++i) {
      if (hits_[i].range.end <= token) break;
      if (hits_[i].lexicon == lexicon) return true;
    }
  }
  return false;
}

}  // namespace kutip::matching
