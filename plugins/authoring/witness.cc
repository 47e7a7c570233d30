#include "authoring/witness.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>
#include <utility>
#include <variant>

#include "text/token.h"

namespace kutip::authoring {
namespace {

using namespace matching;

constexpr std::array<std::pair<std::uint16_t, std::string_view>, 8> kMadeUp = {{
    {text::kLower, "xoxo"},
    {text::kTitle, "Xoxo"},
    {text::kUpper, "XOXO"},
    {text::kMixed, "xOxo"},
    {text::kNumber, "12"},
    {text::kInitial, "X."},
    {text::kPunct, ","},
    {text::kSymbol, "+"},
}};

std::string_view word_of_shape(const Condition& condition) {
  for (const auto& [shape, word] : kMadeUp)
    if ((condition.shape == 0 || (condition.shape & shape) != 0 ||
         ((condition.shape & text::kCapital) != 0 && shape == text::kTitle)) &&
        (condition.not_shape & shape) == 0)
      return word;
  return {};
}

bool wants_capital(const Condition& condition) {
  return condition.shape != 0 && (condition.shape & text::kLower) == 0 &&
         (condition.shape & (text::kTitle | text::kCapital)) != 0;
}

class Writer {
 public:
  explicit Writer(const tagging::Grammar& grammar) : grammar_(grammar) {}

  bool add(const Steps& steps) {
    return std::all_of(steps.begin(), steps.end(), [this](const Step& step) {
      for (std::uint32_t i = 0; i < step.min; ++i)
        if (!std::visit(*this, step.kind)) return false;
      return true;
    });
  }

  std::string take() { return std::move(text_) + "."; }

  bool operator()(const TokenStep& step) { return add_word(step.condition); }
  bool operator()(const LexStep& step) { return !step.lexicons.empty() && add_entry(step.lexicons.front()); }
  bool operator()(const AnnoStep& step) {
    if (std::find(step.types.begin(), step.types.end(), tagging::kQuoted) == step.types.end()) return false;
    std::string inside = "Xoxo";
    for (std::uint32_t tokens = 1; tokens < std::min(step.min_tokens, 100u); ++tokens) inside += " xoxo";
    add("“" + inside + "”");
    return true;
  }
  bool operator()(const AnyStep& step) { return !step.alternatives.empty() && add(step.alternatives.front()); }
  bool operator()(const GapStep&) { return true; }
  bool operator()(const RestStep& step) {
    for (std::uint32_t tokens = 0; tokens < std::min(step.min_tokens, 100u); ++tokens) add("xoxo");
    return true;
  }
  bool operator()(const AtStep&) { return true; }
  bool operator()(const LookStep&) { return true; }  // if it does not hold, the trial shows it

 private:
  bool add_word(const Condition& condition) {
    if (condition.anno != 0) return false;
    if (!condition.text.empty()) return add(condition.text.front());
    if (!condition.lower.empty())
      return add_spelt(std::string(grammar_.vocabulary.form(condition.lower.front())), condition);
    if (!condition.lex.empty()) return add_entry(condition.lex.front());
    std::string word(word_of_shape(condition));
    if (word.empty()) return false;
    if (!condition.prefix.empty()) word = condition.prefix.front() + word;
    if (!condition.suffix.empty()) word += condition.suffix.front();
    while (word.size() < condition.min_length) word += "xo";
    return add_spelt(std::move(word), condition);
  }

  bool add_entry(LexiconId lexicon) {
    const LexiconSet& all = grammar_.lexicons;
    for (EntryId entry = 0; entry < all.entry_count(); ++entry)
      if (all.lexicon_of(entry) == lexicon) return add(std::string(all.value(entry, 0)));
    return false;
  }

  bool add_spelt(std::string word, const Condition& condition) {
    if (wants_capital(condition) && !word.empty())
      word[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(word[0])));
    return add(word);
  }

  bool add(const std::string& words) {
    const bool closes = words.size() == 1 && std::string_view(",.;:!?)").find(words[0]) != std::string_view::npos;
    if (!text_.empty() && !closes) text_ += ' ';
    text_ += words;
    return true;
  }

  const tagging::Grammar& grammar_;
  std::string text_;
};

}  // namespace

std::optional<std::string> make_witness(const Pattern& pattern, const tagging::Grammar& grammar) {
  Writer writer(grammar);
  if (!writer.add(pattern.steps)) return std::nullopt;
  return writer.take();
}

}  // namespace kutip::authoring
