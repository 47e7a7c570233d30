#include "loading/resolve_condition.h"

#include <algorithm>
#include <array>

#include "loading/names.h"
#include "text/normal_form.h"

namespace kutip::loading {
namespace {

struct ShapeName {
  std::string_view name;
  text::Shape shape;
};
constexpr std::array kShapes = {
    ShapeName{"lower", text::kLower},   ShapeName{"title", text::kTitle},     ShapeName{"upper", text::kUpper},
    ShapeName{"mixed", text::kMixed},   ShapeName{"number", text::kNumber},   ShapeName{"punct", text::kPunct},
    ShapeName{"symbol", text::kSymbol}, ShapeName{"initial", text::kInitial}, ShapeName{"capital", text::kCapital},
};

std::uint16_t resolve_shapes(const Names& names, Findings& findings) {
  std::uint16_t bits = 0;
  for (const Name& name : names) {
    const auto at = std::find_if(kShapes.begin(), kShapes.end(), [&](const auto& s) { return s.name == name.value; });
    if (at != kShapes.end()) {
      bits = static_cast<std::uint16_t>(bits | at->shape);
      continue;
    }
    std::vector<std::string> known;
    for (const ShapeName& shape : kShapes) known.emplace_back(shape.name);
    report_unknown(Code::kUnknownValue, name.where, "shape", name.value, known, findings);
  }
  return bits;
}

// A text that stands for one token: split suffixes are tokens although they are cut when they stand alone.
bool check_one_token(const Name& literal, const PatternContext& context) {
  const auto& suffixes = context.text_rules.split_suffixes;
  if (std::find(suffixes.begin(), suffixes.end(), literal.value) != suffixes.end()) return true;
  const std::vector<std::string> tokens = text::tokenize_normal_forms(literal.value, context.text_rules);
  if (tokens.size() == 1) return true;
  Diagnostic& d = context.findings.report(Code::kSeveralTokens, literal.where,
                                          quoted(literal.value) + " is " + std::to_string(tokens.size()) + " tokens");
  d.expected = "one token";
  d.help = "put it into a lexicon, whose entries may have several, and write {lex: NAME}";
  return false;
}

bool check_normal_form(const Name& literal, Findings& findings) {
  const std::string normal = text::normal_form(literal.value);
  if (normal == literal.value) return true;
  Diagnostic& d = findings.report(Code::kNotNormalForm, literal.where,
                                  quoted(literal.value) + " is not a normal form, so no token equals it");
  d.expected = "NFC and small letters";
  d.help = "write " + quoted(normal) + ", or use `text` to compare what stands in the text";
  d.replacement = yaml_scalar(normal);
  return false;
}

std::vector<std::string> resolve_texts(const Names& literals, const PatternContext& context) {
  std::vector<std::string> texts;
  for (const Name& literal : literals) {
    if (!check_one_token(literal, context)) continue;
    texts.push_back(literal.value);
    context.vocabulary.add(text::normal_form(literal.value));
  }
  return texts;
}

std::vector<text::WordId> resolve_words(const Names& literals, const PatternContext& context) {
  std::vector<text::WordId> words;
  for (const Name& literal : literals)
    if (check_normal_form(literal, context.findings) && check_one_token(literal, context))
      words.push_back(context.vocabulary.add(literal.value));
  return words;
}

std::vector<std::string> resolve_affixes(const Names& literals, Findings& findings) {
  std::vector<std::string> affixes;
  for (const Name& literal : literals)
    if (check_normal_form(literal, findings)) affixes.push_back(literal.value);
  return affixes;
}

std::uint64_t type_bits(const Names& names, PatternPlace place, const PatternContext& context) {
  std::uint64_t bits = 0;
  for (const matching::TypeId type : resolve_types(names, place, context)) bits |= matching::type_bit(type);
  return bits;
}

}  // namespace

std::vector<matching::LexiconId> resolve_lexicons(const Names& names, std::uint32_t plugin,
                                                  const PatternContext& context) {
  std::vector<matching::LexiconId> ids;
  for (const Name& name : names)
    if (const auto lexicon = context.symbols.find_lexicon(plugin, name, context.findings)) {
      const auto& members = context.symbols.lexicons()[*lexicon].ids;
      ids.insert(ids.end(), members.begin(), members.end());
    }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

std::vector<matching::TypeId> resolve_types(const Names& names, PatternPlace place, const PatternContext& context) {
  std::vector<matching::TypeId> types;
  const Symbols& symbols = context.symbols;
  for (const Name& name : names) {
    const auto type = symbols.find_type(name, context.findings);
    if (!type) continue;
    types.push_back(*type);
    const auto made = symbols.first_phase(*type);
    if (*type == tagging::kQuoted || (made && *made < place.phase) || (!made && !symbols.complete())) continue;
    Diagnostic& d = context.findings.report(
        Code::kTypeNotYetMade, name.where,
        made ? "no phase before this one makes " + quoted(name.value) : "no rule makes " + quoted(name.value));
    if (made)
      d.expected = "a type made before the phase " + quoted(symbols.phases()[place.phase]) +
                   "; the first to make this one is " + quoted(symbols.phases()[*made]);
  }
  return types;
}

matching::Condition resolve_condition(const ConditionSpec& spec, PatternPlace place, const PatternContext& context) {
  matching::Condition condition;
  condition.text = resolve_texts(spec.text, context);
  condition.not_text = resolve_texts(spec.not_text, context);
  condition.lower = resolve_words(spec.lower, context);
  condition.not_lower = resolve_words(spec.not_lower, context);
  condition.prefix = resolve_affixes(spec.prefix, context.findings);
  condition.not_prefix = resolve_affixes(spec.not_prefix, context.findings);
  condition.suffix = resolve_affixes(spec.suffix, context.findings);
  condition.not_suffix = resolve_affixes(spec.not_suffix, context.findings);
  condition.lex = resolve_lexicons(spec.lex, place.plugin, context);
  condition.not_lex = resolve_lexicons(spec.not_lex, place.plugin, context);
  condition.anno = type_bits(spec.anno, place, context);
  condition.not_anno = type_bits(spec.not_anno, place, context);
  condition.shape = resolve_shapes(spec.shape, context.findings);
  condition.not_shape = resolve_shapes(spec.not_shape, context.findings);
  if (spec.length) {
    condition.min_length = static_cast<std::uint16_t>(spec.length->first);
    condition.max_length = static_cast<std::uint16_t>(spec.length->second);
  }
  condition.sentence_initial = spec.sentence_initial;
  return condition;
}

}  // namespace kutip::loading
