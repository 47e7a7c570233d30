#include <cstddef>

#include "tagging/annotate.h"
#include "tagging/workspace.h"

namespace kutip::tagging {
namespace {

// How much of a text tells its language.
constexpr std::size_t kSampleBytes = 2048;

std::string_view sample_of(std::string_view text) {
  if (text.size() <= kSampleBytes) return text;
  std::size_t end = kSampleBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end);
}

std::size_t count_function_words(const Grammar& grammar, const text::Document& sample) {
  std::size_t count = 0;
  for (const text::Token& token : sample.tokens()) {
    if ((token.shape & text::kLower) == 0) continue;
    const text::WordId word = grammar.vocabulary.find(sample.text(token), token.hash);
    if (word != text::kUnknownWord && word < grammar.function_words.size() && grammar.function_words[word] != 0)
      ++count;
  }
  return count;
}

}  // namespace

const Grammar* detect_language(const RuleSet& rules, std::string_view text, Workspace& workspace) {
  const auto& grammars = rules.grammars();
  if (grammars.empty()) return nullptr;
  if (grammars.size() == 1) return &grammars.front();
  // One cutting serves all grammars: a word in small letters is its own normal form whatever the language.
  text::Document& sample = workspace.impl().document;
  sample.analyze(sample_of(text), grammars.front().text_rules, grammars.front().vocabulary);
  const Grammar* best = &grammars.front();
  std::size_t best_count = 0;
  for (const Grammar& grammar : grammars) {
    const std::size_t count = count_function_words(grammar, sample);
    if (count <= best_count) continue;
    best = &grammar;
    best_count = count;
  }
  return best;
}

}  // namespace kutip::tagging
