#include "authoring/unmet_condition.h"

#include <algorithm>
#include <array>
#include <utility>

#include "matching/sentence_edges.h"
#include "text/normal_form.h"

namespace kutip::authoring {
namespace {

using matching::Condition;
using matching::LexiconId;
using matching::MatchInput;

constexpr std::size_t kMaxShown = 6;
constexpr std::array<std::pair<std::uint16_t, const char*>, 9> kShapes = {{{text::kLower, "lower"},
                                                                           {text::kTitle, "title"},
                                                                           {text::kUpper, "upper"},
                                                                           {text::kMixed, "mixed"},
                                                                           {text::kNumber, "number"},
                                                                           {text::kPunct, "punct"},
                                                                           {text::kSymbol, "symbol"},
                                                                           {text::kInitial, "initial"},
                                                                           {text::kCapital, "capital"}}};

std::vector<std::string> shape_names(std::uint16_t mask) {
  std::vector<std::string> names;
  for (const auto& [bit, name] : kShapes)
    if ((mask & bit) != 0) names.emplace_back(name);
  return names;
}

std::vector<std::string> type_names(std::uint64_t mask, const tagging::Grammar& grammar) {
  std::vector<std::string> names;
  for (matching::TypeId type = 0; type < grammar.types.size(); ++type)
    if ((mask & matching::type_bit(type)) != 0) names.push_back(grammar.types[type].name);
  return names;
}

std::vector<std::string> lexicon_names(const std::vector<LexiconId>& ids, const tagging::Grammar& grammar) {
  std::vector<std::string> names;
  for (const LexiconId id : ids) names.emplace_back(grammar.lexicons.name(id));
  return names;
}

std::vector<std::string> word_forms(const std::vector<text::WordId>& words, const tagging::Grammar& grammar) {
  std::vector<std::string> forms;
  for (const text::WordId word : words) forms.emplace_back(grammar.vocabulary.form(word));
  return forms;
}

template <typename T>
bool has(const std::vector<T>& list, const T& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

class ConditionCheck {
 public:
  ConditionCheck(std::uint32_t index, const MatchInput& input, const GrammarView& view)
      : index_(index),
        token_(input.document.tokens()[index]),
        text_(input.document.text(token_)),
        normal_(text::normal_form(text_)),
        input_(input),
        grammar_(view.grammar),
        cover_(view.cover) {}

  std::string unmet(const Condition& c) const {
    if (!c.text.empty() && !has(c.text, text_)) return part("text", c.text);
    if (has(c.not_text, text_)) return part("not_text", c.not_text);
    if (!c.lower.empty() && !has(c.lower, token_.word)) return part("lower", word_forms(c.lower, grammar_));
    if (has(c.not_lower, token_.word)) return part("not_lower", {normal_});
    if (c.shape != 0 && (token_.shape & c.shape) == 0) return part("shape", shape_names(c.shape));
    if ((token_.shape & c.not_shape) != 0) return part("not_shape", shape_names(token_.shape & c.not_shape));
    if (token_.length < c.min_length || token_.length > c.max_length)
      return "len: [" + std::to_string(c.min_length) + ", " + std::to_string(c.max_length) + "]";
    if (!c.prefix.empty() && !begins(c.prefix)) return part("prefix", c.prefix);
    if (begins(c.not_prefix)) return part("not_prefix", c.not_prefix);
    if (!c.suffix.empty() && !ends(c.suffix)) return part("suffix", c.suffix);
    if (ends(c.not_suffix)) return part("not_suffix", c.not_suffix);
    return unmet_cover(c);
  }

 private:
  std::string unmet_cover(const Condition& c) const {
    const auto covered = [&](LexiconId id) { return cover_.covers(index_, id, input_); };
    if (!c.lex.empty() && std::none_of(c.lex.begin(), c.lex.end(), covered))
      return part("lex", lexicon_names(c.lex, grammar_));
    if (const auto at = std::find_if(c.not_lex.begin(), c.not_lex.end(), covered); at != c.not_lex.end())
      return part("not_lex", {std::string(grammar_.lexicons.name(*at))});
    const std::uint64_t types = input_.annotations.types_over(index_);
    if (c.anno != 0 && (types & c.anno) == 0) return part("anno", type_names(c.anno, grammar_));
    if ((types & c.not_anno) != 0) return part("not_anno", type_names(types & c.not_anno, grammar_));
    if (c.sentence_initial && *c.sentence_initial != matching::is_sentence_initial(input_.document, index_))
      return std::string("sentence_initial: ") + (*c.sentence_initial ? "true" : "false");
    return {};
  }

  static std::string part(const char* key, const std::vector<std::string>& values) {
    return std::string(key) + ": " + (values.size() == 1 ? values.front() : "[" + joined(values) + "]");
  }

  bool begins(const std::vector<std::string>& list) const {
    return std::any_of(list.begin(), list.end(), [&](const std::string& s) { return normal_.starts_with(s); });
  }
  bool ends(const std::vector<std::string>& list) const {
    return std::any_of(list.begin(), list.end(), [&](const std::string& s) { return normal_.ends_with(s); });
  }

  std::uint32_t index_;
  const text::Token& token_;
  std::string text_, normal_;
  const MatchInput& input_;
  const tagging::Grammar& grammar_;
  const LexiconCover& cover_;
};

}  // namespace

std::string unmet_part(const Condition& condition, std::uint32_t token, const MatchInput& input,
                       const GrammarView& view) {
  return ConditionCheck(token, input, view).unmet(condition);
}

std::string seen_token(std::uint32_t token, const MatchInput& input, const GrammarView& view) {
  const text::Token& seen = input.document.tokens()[token];
  std::string out = "“" + std::string(input.document.text(seen)) + "” (" + joined(shape_names(seen.shape)) + ")";
  const auto lexicons = view.cover.names(token, input);
  if (!lexicons.empty()) out += ", in lexicons " + joined(lexicons);
  const auto types = type_names(input.annotations.types_over(token), view.grammar);
  if (!types.empty()) out += ", inside " + joined(types);
  return out;
}

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (std::size_t i = 0; i < std::min(names.size(), kMaxShown); ++i) out += (i == 0 ? "" : ", ") + names[i];
  if (names.size() > kMaxShown) out += " and " + std::to_string(names.size() - kMaxShown) + " more";
  return out;
}

}  // namespace kutip::authoring
