#include "authoring/predict.h"

#include "text/offsets.h"

namespace kutip::authoring {
namespace {

using tagging::Annotations;

const char* kind_of(tagging::QuoteForm form) {
  switch (form) {
    case tagging::QuoteForm::kDirect:
      return "direct";
    case tagging::QuoteForm::kIndirect:
      return "indirect";
    case tagging::QuoteForm::kMixed:
      break;
  }
  return "mixed";
}

class Converter {
 public:
  Converter(const tagging::RuleSet& rules, const tagging::Grammar& grammar, std::string_view text,
            const Annotations& found)
      : rules_(rules), grammar_(grammar), found_(found), offset_(text, text::OffsetUnit::kCodePoint) {}

  MarkedQuote convert(const tagging::Quote& quote) const {
    MarkedQuote out;
    out.kind = kind_of(quote.form);
    for (const tagging::Fragment& fragment : Annotations::slice(found_.fragments, quote.fragments))
      out.fragments.push_back(extent(fragment.span));
    if (!quote.cue.empty()) out.cue.push_back(extent(quote.cue));
    if (quote.speaker != tagging::kNone) {
      out.speaker_name = found_.speakers[quote.speaker].name;
      if (!quote.speaker_mention.empty()) out.speaker.push_back(extent(quote.speaker_mention));
    }
    out.says_continuation = true;
    if (!quote.continuation.empty()) out.continuation = extent(quote.continuation);
    out.rule = rule_name(rules_, grammar_, quote.rule);
    return out;
  }

  // Mentions inside longer ones of another organization are no mentions of the gold corpora.
  void convert(tagging::Slice mentions, std::vector<MarkedName>& out) const {
    for (const tagging::Mention& mention : Annotations::slice(found_.mentions, mentions))
      if (!mention.nested) out.push_back({extent(mention.span), rule_name(rules_, grammar_, mention.rule)});
  }

  MarkedLabel convert(const tagging::Label& label) const {
    return {std::string(label.type), std::string(label.value), extent(label.span),
            rule_name(rules_, grammar_, label.rule)};
  }

 private:
  Extent extent(text::Span span) const { return {offset_(span.begin), offset_(span.end)}; }

  const tagging::RuleSet& rules_;
  const tagging::Grammar& grammar_;
  const Annotations& found_;
  text::OffsetConverter offset_;
};

}  // namespace

std::string rule_name(const tagging::RuleSet& rules, const tagging::Grammar& grammar, tagging::RuleId rule) {
  const tagging::Rule& found = grammar.rules[rule];
  return rules.plugins()[found.plugin].name + "/" + found.id;
}

const tagging::Grammar* grammar_for(const tagging::RuleSet& rules, std::string_view language, std::string_view text,
                                    tagging::Workspace& workspace) {
  return language.empty() ? tagging::detect_language(rules, text, workspace) : rules.grammar(language);
}

AnnotatedText predict(const tagging::RuleSet& rules, const tagging::Grammar& grammar, std::string_view text,
                      tagging::Workspace& workspace) {
  Annotations found;
  tagging::annotate(rules, grammar, text, {}, workspace, found);
  const Converter converter(rules, grammar, text, found);
  AnnotatedText out;
  out.language = grammar.language;
  out.text = text;
  out.quotes.emplace();
  for (const tagging::Quote& quote : found.quotes) out.quotes->push_back(converter.convert(quote));
  out.organizations.emplace();
  for (const tagging::Organization& each : found.organizations) converter.convert(each.mentions, *out.organizations);
  out.persons.emplace();
  for (const tagging::Person& each : found.persons) converter.convert(each.mentions, *out.persons);
  for (const tagging::Label& label : found.labels) out.labels.push_back(converter.convert(label));
  return out;
}

}  // namespace kutip::authoring
