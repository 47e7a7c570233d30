#include "matching/token_classes.h"

#include <algorithm>
#include <string_view>

#include "matching/version.h"
#include "text/normal_form.h"

namespace kutip::matching {
namespace {

constexpr std::uint32_t kFirstBit = 20;  // of column 0; what lies before does not depend on rules

template <typename T>
void sort_once(std::vector<T>& list) {
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
}

template <typename Number>
std::string key_of_numbers(const std::vector<Number>& numbers) {
  std::string key;
  for (const Number number : numbers) key += std::to_string(number) + ' ';
  return key;
}

// No text of a token holds a line feed.
std::string key_of_texts(const std::vector<std::string>& texts) {
  std::string key;
  for (const std::string& t : texts) key += t + '\n';
  return key;
}

// 0 for the empty affix, which all words have: no word holds NUL.
std::size_t first_byte(std::string_view text) {
  return text.empty() ? 0 : static_cast<unsigned char>(text.front());
}

std::size_t last_byte(std::string_view text) {
  return text.empty() ? 0 : static_cast<unsigned char>(text.back());
}

}  // namespace

TokenClass TokenClasses::add(Kind kind, const std::string& key, bool& is_new) {
  const auto bit = static_cast<std::uint32_t>(kFirstBit + ids_.size());
  const auto [at, added] = ids_.emplace(std::pair(kind, key), TokenClass{bit / 64, std::uint64_t{1} << (bit % 64)});
  is_new = added;
  return at->second;
}

bool TokenClasses::has_room(Kind kind, const std::string& key) const {
  return ids_.size() < kMaxListed || ids_.count({kind, key}) != 0;
}

std::optional<TokenClass> TokenClasses::of_words(std::vector<text::WordId> words) {
  sort_once(words);
  const std::string key = key_of_numbers(words);
  if (!has_room(Kind::kWords, key)) return std::nullopt;
  bool is_new;
  const TokenClass in = add(Kind::kWords, key, is_new);
  if (!is_new) return in;
  for (const text::WordId word : words) words_.emplace_back(word, in);
  return in;
}

std::optional<TokenClass> TokenClasses::of_texts(std::vector<std::string> texts) {
  sort_once(texts);
  const std::string key = key_of_texts(texts);
  if (!has_room(Kind::kTexts, key)) return std::nullopt;
  bool is_new;
  const TokenClass in = add(Kind::kTexts, key, is_new);
  if (!is_new) return in;
  for (std::string& t : texts) texts_.push_back({std::move(t), in});
  return in;
}

TokenClass TokenClasses::of_prefixes(std::vector<std::string> prefixes) {
  sort_once(prefixes);
  bool is_new;
  const TokenClass in = add(Kind::kPrefixes, key_of_texts(prefixes), is_new);
  if (!is_new) return in;
  for (std::string& p : prefixes) prefixes_[first_byte(p)].push_back({std::move(p), in});
  return in;
}

TokenClass TokenClasses::of_suffixes(std::vector<std::string> suffixes) {
  sort_once(suffixes);
  bool is_new;
  const TokenClass in = add(Kind::kSuffixes, key_of_texts(suffixes), is_new);
  if (!is_new) return in;
  for (std::string& s : suffixes) suffixes_[last_byte(s)].push_back({std::move(s), in});
  return in;
}

TokenClass TokenClasses::of_lexicons(std::vector<LexiconId> lexicons) {
  sort_once(lexicons);
  bool is_new;
  const TokenClass in = add(Kind::kLexicons, key_of_numbers(lexicons), is_new);
  if (!is_new) return in;
  for (const LexiconId lexicon : lexicons) {
    if (lexicon >= of_lexicon_.size()) of_lexicon_.resize(lexicon + 1u);
    auto& masks = of_lexicon_[lexicon];
    const auto same = std::find_if(masks.begin(), masks.end(), [&](const auto& m) { return m.column == in.column; });
    if (same != masks.end()) {
      same->bits |= in.bit;
    } else {
      masks.push_back({in.column, in.bit});
    }
  }
  return in;
}

void TokenClasses::index(const text::Vocabulary& vocabulary, const LexiconSet& lexicons) {
  generation_ = new_version();
  columns_ = static_cast<std::uint32_t>((kFirstBit + ids_.size()) / 64 + 1);
  spellings_.assign(1, {});
  spellings_of_word_.assign(vocabulary.size() + 1, 0);
  for (const Listed& spelling : texts_) {
    const text::WordId word = vocabulary.find(text::normal_form(spelling.text));
    std::uint32_t& list = spellings_of_word_[word];
    if (list == 0 && word != text::kUnknownWord) {
      list = static_cast<std::uint32_t>(spellings_.size());
      spellings_.emplace_back();
    }
    spellings_[list].push_back(spelling);
  }
  has_unknown_texts_ = !spellings_[0].empty();
  index_rows(vocabulary, lexicons);
}

// Most words of a large lexicon have equal rows, and each row is kept once.
void TokenClasses::index_rows(const text::Vocabulary& vocabulary, const LexiconSet& lexicons) {
  rows_.assign(columns_, 0);
  row_of_word_.assign(vocabulary.size() + 1, {});
  std::sort(words_.begin(), words_.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<CoverWord> covered(lexicons.cover_words().begin(), lexicons.cover_words().end());
  std::sort(covered.begin(), covered.end(), [](const auto& a, const auto& b) { return a.word < b.word; });
  std::map<std::vector<std::uint64_t>, std::uint32_t> known = {{std::vector<std::uint64_t>(columns_), 0}};
  const auto row_number = [&](const std::vector<std::uint64_t>& row) {
    const auto [at, is_new] = known.emplace(row, static_cast<std::uint32_t>(rows_.size()));
    if (is_new) rows_.insert(rows_.end(), row.begin(), row.end());
    return at->second;
  };
  auto in_word = words_.begin();
  auto in_lexicon = covered.begin();
  std::vector<std::uint64_t> row, capital_row;
  for (text::WordId word = 1; word <= vocabulary.size(); ++word) {
    row.assign(columns_, 0);
    for (; in_word != words_.end() && in_word->first <= word; ++in_word)
      if (in_word->first == word) row[in_word->second.column] |= in_word->second.bit;
    if (spellings_of_word_[word] != 0) row[0] |= kHasTexts;
    add_affixes(vocabulary.form(word), row.data());
    capital_row = row;
    for (; in_lexicon != covered.end() && in_lexicon->word == word; ++in_lexicon) {
      for (const TokenClassMask& in : of_lexicon(in_lexicon->lexicon)) {
        capital_row[in.column] |= in.bits;
        if (!in_lexicon->capital) row[in.column] |= in.bits;
      }
    }
    const std::uint32_t other = row_number(row);
    row_of_word_[word] = {other, capital_row == row ? other : row_number(capital_row)};
  }
}

void TokenClasses::add_affixes(std::string_view form, std::uint64_t* row) const {
  for (const Listed& prefix : prefixes_[first_byte(form)]) {
    if (form.substr(0, prefix.text.size()) == prefix.text) row[prefix.in.column] |= prefix.in.bit;
  }
  for (const Listed& suffix : suffixes_[last_byte(form)]) {
    if (form.size() >= suffix.text.size() && form.substr(form.size() - suffix.text.size()) == suffix.text) {
      row[suffix.in.column] |= suffix.in.bit;
    }
  }
  for (const Listed& empty : prefixes_[0]) row[empty.in.column] |= empty.in.bit;
  for (const Listed& empty : suffixes_[0]) row[empty.in.column] |= empty.in.bit;
}

void TokenClasses::add_texts(text::WordId word, std::string_view text, std::uint64_t* row) const {
  for (const Listed& spelling : spellings_[spellings_of_word_[word]]) {
    if (spelling.text == text) row[spelling.in.column] |= spelling.in.bit;
  }
}

}  // namespace kutip::matching
