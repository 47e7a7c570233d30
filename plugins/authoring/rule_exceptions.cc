#include "authoring/rule_exceptions.h"

namespace kutip::authoring {

using Where = tagging::Exception::Where;

text::TokenRange unit_around(const text::Document& document, tagging::Unit unit, std::uint32_t token) {
  return unit == tagging::Unit::kSentence ? document.sentences()[document.sentence_of(token)]
                                          : document.paragraphs()[document.paragraph_of(token)];
}

const tagging::Exception* holding_exception(const tagging::Rule& rule, text::TokenRange match, text::TokenRange unit,
                                            const matching::MatchInput& input, matching::Matcher& matcher) {
  for (const tagging::Exception& exception : rule.exceptions) {
    text::TokenRange within = unit;
    if (exception.where == Where::kBefore) within = {unit.begin, match.begin};
    if (exception.where == Where::kAfter) within = {match.end, unit.end};
    if (exception.where == Where::kInside) within = match;
    if (!within.empty() && matcher.occurs(exception.program, input, within, exception.where == Where::kAfter,
                                          exception.where == Where::kBefore))
      return &exception;
  }
  return nullptr;
}

}  // namespace kutip::authoring
