#include "matching/condition.h"

#include <algorithm>
#include <string_view>

#include "matching/sentence_edges.h"
#include "text/normal_form.h"

namespace kutip::matching {
namespace {

bool contains(const std::vector<text::WordId>& sorted, text::WordId word) {
  return std::binary_search(sorted.begin(), sorted.end(), word);
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

char to_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// The normal form of a token, or its text when that differs at most in the case of ASCII letters.
class FoldedToken {
 public:
  FoldedToken(std::string_view text, std::string& scratch) : text_(text) {
    if (is_ascii(text)) return;
    scratch.clear();
    text::append_normal_form(text, scratch);
    text_ = scratch;
  }

  bool starts_with(std::string_view prefix) const {
    return prefix.size() <= text_.size() && equal(text_.substr(0, prefix.size()), prefix);
  }
  bool ends_with(std::string_view suffix) const {
    return suffix.size() <= text_.size() && equal(text_.substr(text_.size() - suffix.size()), suffix);
  }
  bool starts_with_any(const std::vector<std::string>& prefixes) const {
    return std::any_of(prefixes.begin(), prefixes.end(), [this](const std::string& p) { return starts_with(p); });
  }
  bool ends_with_any(const std::vector<std::string>& suffixes) const {
    return std::any_of(suffixes.begin(), suffixes.end(), [this](const std::string& s) { return ends_with(s); });
  }

 private:
  // A normal form holds no capital of ASCII, so folding `text` again changes nothing.
  static bool equal(std::string_view text, std::string_view normal) {
    return std::equal(text.begin(), text.end(), normal.begin(), [](char t, char n) { return to_lower(t) == n; });
  }

  std::string_view text_;
};

bool is_any_of(std::string_view text, const std::vector<std::string>& list) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

}  // namespace

CompiledCondition::CompiledCondition(const Condition& c)
    : shape_(c.shape),
      not_shape_(c.not_shape),
      min_length_(c.min_length),
      max_length_(c.max_length),
      has_lower_(!c.lower.empty() || !c.not_lower.empty()),
      has_cover_(!c.lex.empty() || !c.not_lex.empty()),
      has_spelling_(!c.text.empty() || !c.not_text.empty() || !c.prefix.empty() || !c.not_prefix.empty() ||
                    !c.suffix.empty() || !c.not_suffix.empty()),
      anno_(c.anno),
      not_anno_(c.not_anno),
      rest_(c) {
  std::sort(rest_.lower.begin(), rest_.lower.end());
  std::sort(rest_.not_lower.begin(), rest_.not_lower.end());
}

bool CompiledCondition::holds(std::uint32_t index, const MatchInput& input, std::string& scratch) const {
  const text::Token& token = input.document.tokens()[index];
  if (shape_ != 0 && (token.shape & shape_) == 0) return false;
  if ((token.shape & not_shape_) != 0) return false;
  if (token.length < min_length_ || token.length > max_length_) return false;
  if (has_lower_) {
    if (!rest_.lower.empty() && !contains(rest_.lower, token.word)) return false;
    if (contains(rest_.not_lower, token.word)) return false;
  }
  if ((anno_ | not_anno_) != 0) {
    const std::uint64_t over = input.annotations.types_over(index);
    if ((anno_ != 0 && (over & anno_) == 0) || (over & not_anno_) != 0) return false;
  }
  if (has_spelling_ && !spelling_holds(token, input.document, scratch)) return false;
  if (has_cover_ && !cover_holds(index, input.lexicon_hits)) return false;
  return !rest_.sentence_initial || *rest_.sentence_initial == is_sentence_initial(input.document, index);
}

bool CompiledCondition::spelling_holds(const text::Token& token, const text::Document& document,
                                       std::string& scratch) const {
  const std::string_view text = document.text(token);
  if (!rest_.text.empty() && !is_any_of(text, rest_.text)) return false;
  if (is_any_of(text, rest_.not_text)) return false;
  if (rest_.prefix.empty() && rest_.not_prefix.empty() && rest_.suffix.empty() && rest_.not_suffix.empty()) return true;
  const FoldedToken folded(text, scratch);
  if (!rest_.prefix.empty() && !folded.starts_with_any(rest_.prefix)) return false;
  if (!rest_.suffix.empty() && !folded.ends_with_any(rest_.suffix)) return false;
  return !folded.starts_with_any(rest_.not_prefix) && !folded.ends_with_any(rest_.not_suffix);
}

bool CompiledCondition::cover_holds(std::uint32_t token, const LexiconHits& hits) const {
  const auto covers = [&](LexiconId lexicon) { return hits.covered(token, lexicon); };
  if (!rest_.lex.empty() && std::none_of(rest_.lex.begin(), rest_.lex.end(), covers)) return false;
  return std::none_of(rest_.not_lex.begin(), rest_.not_lex.end(), covers);
}

}  // namespace kutip::matching
