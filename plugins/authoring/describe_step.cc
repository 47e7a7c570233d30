#include "authoring/describe_step.h"

#include "authoring/unmet_condition.h"

namespace kutip::authoring {
namespace {

constexpr const char* kBorders[] = {"sentence_start", "sentence_end", "paragraph_start", "paragraph_end"};

std::string type_names(const std::vector<matching::TypeId>& types, const tagging::Grammar& grammar) {
  std::vector<std::string> names;
  for (const matching::TypeId type : types) names.push_back(grammar.types[type].name);
  return joined(names);
}

std::string lexicon_names(const std::vector<matching::LexiconId>& lexicons, const tagging::Grammar& grammar) {
  std::vector<std::string> names;
  for (const matching::LexiconId lexicon : lexicons) names.emplace_back(grammar.lexicons.name(lexicon));
  return joined(names);
}

const char* edge(const StepFailure& failure) {
  return failure.rightward ? " that begins here" : " that ends here";
}

std::string wanted_rest(const matching::RestStep& rest) {
  std::string out = std::string("the rest up to ") + kBorders[static_cast<std::size_t>(rest.to)];
  if (rest.min_tokens > 1) out += ", at least " + std::to_string(rest.min_tokens) + " tokens";
  if (rest.max_tokens != 0xFFFFFFFF) out += ", at most " + std::to_string(rest.max_tokens) + " tokens";
  if (rest.never) out += ", none of which meets `not`";
  return out;
}

}  // namespace

std::string wanted_anywhere(const matching::Step& step, const GrammarView& view) {
  if (const auto* lex = std::get_if<matching::LexStep>(&step.kind))
    return "an entry of " + lexicon_names(lex->lexicons, view.grammar);
  const auto* anno = std::get_if<matching::AnnoStep>(&step.kind);
  if (anno == nullptr) return {};
  const bool plain =
      anno->forms == 0 && !anno->first && !anno->last && anno->min_tokens <= 1 && anno->max_tokens == 0xFFFFFFFF;
  return type_names(anno->types, view.grammar) + (plain ? "" : " as `where` has it,");
}

text::TokenRange tried_at(const StepFailure& failure, text::TokenRange unit) {
  const std::uint32_t p = failure.position;
  if (failure.rightward ? p >= unit.end : p <= unit.begin) return {p, p};
  return failure.rightward ? text::TokenRange{p, p + 1} : text::TokenRange{p - 1, p};
}

std::string wanted_by(const StepFailure& failure, text::TokenRange unit, const matching::MatchInput& input,
                      const GrammarView& view) {
  const auto& kind = failure.step->kind;
  if (const auto* token = std::get_if<matching::TokenStep>(&kind)) {
    const text::TokenRange tried = tried_at(failure, unit);
    return tried.empty() ? "a token" : unmet_part(token->condition, tried.begin, input, view);
  }
  if (std::holds_alternative<matching::LexStep>(kind) || std::holds_alternative<matching::AnnoStep>(kind))
    return wanted_anywhere(*failure.step, view) + edge(failure);
  if (const auto* rest = std::get_if<matching::RestStep>(&kind)) return wanted_rest(*rest);
  if (const auto* border = std::get_if<matching::AtStep>(&kind))
    return kBorders[static_cast<std::size_t>(border->border)];
  if (const auto* look = std::get_if<matching::LookStep>(&kind))
    return look->wanted ? "that its steps match here" : "that its steps do not match here";
  return {};
}

std::string seen_at(const StepFailure& failure, text::TokenRange unit, const matching::MatchInput& input,
                    const GrammarView& view) {
  const text::TokenRange tried = tried_at(failure, unit);
  if (!tried.empty()) return seen_token(tried.begin, input, view);
  return failure.rightward ? "the end" : "the beginning";
}

}  // namespace kutip::authoring
