#include "loading/emit_fields.h"

#include <array>

#include "tagging/annotations.h"

namespace kutip::loading {
namespace {

using tagging::Field;

constexpr std::uint32_t kind(tagging::SpeakerKind k) {
  return static_cast<std::uint32_t>(k);
}
constexpr std::uint32_t continues(tagging::Continues c) {
  return static_cast<std::uint32_t>(c);
}

constexpr std::array kOrganizationForms = {
    FieldChoice{"NAME", tagging::kFormName},
    FieldChoice{"ACRONYM", tagging::kFormAcronym},
};
constexpr std::array kSpeakerForms = {
    FieldChoice{"NAME", tagging::kFormName},
    FieldChoice{"PRONOUN", tagging::kFormPronoun},
    FieldChoice{"CLITIC", tagging::kFormClitic},
    FieldChoice{"ROLE", tagging::kFormRole},
    FieldChoice{"DESCRIPTION", tagging::kFormDescription},
};
constexpr std::array kSpeakerKinds = {
    FieldChoice{"PERSON", kind(tagging::SpeakerKind::kPerson)},
    FieldChoice{"ORGANIZATION", kind(tagging::SpeakerKind::kOrganization)},
    FieldChoice{"GROUP", kind(tagging::SpeakerKind::kGroup)},
    FieldChoice{"UNNAMED", kind(tagging::SpeakerKind::kUnnamed)},
};
constexpr std::array kQuoteSpeakers = {
    FieldChoice{"PREVIOUS", tagging::kSpeakerPrevious},
};
constexpr std::array kContinuations = {
    FieldChoice{"NO", continues(tagging::Continues::kNo)},
    FieldChoice{"PARAGRAPH", continues(tagging::Continues::kParagraph)},
};
constexpr std::array kSelectableForms = {
    FieldChoice{"NAME", tagging::kFormName},           FieldChoice{"SHORT_NAME", tagging::kFormShortName},
    FieldChoice{"PRONOUN", tagging::kFormPronoun},     FieldChoice{"CLITIC", tagging::kFormClitic},
    FieldChoice{"ROLE", tagging::kFormRole},           FieldChoice{"DESCRIPTION", tagging::kFormDescription},
    FieldChoice{"ACRONYM", tagging::kFormAcronym},     FieldChoice{"CLOSED", tagging::kQuotedClosed},
    FieldChoice{"UNCLOSED", tagging::kQuotedUnclosed}, FieldChoice{"NESTED", tagging::kQuotedNested},
    FieldChoice{"OUTER", tagging::kQuotedOuter},
};

constexpr std::array kPersonFields = {
    EmitField{"role", Field::kRole, kTakesCapture, {}},
    EmitField{"organization", Field::kOrganization, kTakesCapture, {}},
};
constexpr std::array kOrganizationFields = {
    EmitField{"name", Field::kName, kTakesCapture | kTakesColumn | kTakesText, {}},
    EmitField{"category", Field::kCategory, kTakesColumn | kTakesText, {}},
    EmitField{"acronym", Field::kAcronym, kTakesCapture | kTakesColumn | kTakesText, {}},
    EmitField{"id", Field::kId, kTakesColumn | kTakesText, {}},
    EmitField{"form", Field::kForm, kTakesChoice, kOrganizationForms},
};
constexpr std::array kSpeakerFields = {
    EmitField{"name", Field::kName, kTakesCapture, {}},
    EmitField{"role", Field::kRole, kTakesCapture, {}},
    EmitField{"organization", Field::kOrganization, kTakesCapture, {}},
    EmitField{"form", Field::kForm, kTakesChoice, kSpeakerForms},
    EmitField{"kind", Field::kKind, kTakesChoice, kSpeakerKinds},
};
constexpr std::array kQuoteFields = {
    EmitField{"cue", Field::kCue, kTakesCapture, {}},
    EmitField{"lemma", Field::kLemma, kTakesCapture | kTakesColumn | kTakesText, {}},
    EmitField{"speaker", Field::kSpeaker, kTakesCapture | kTakesChoice, kQuoteSpeakers},
    EmitField{"continues", Field::kContinues, kTakesChoice, kContinuations},
};
constexpr std::array kStopFields = {
    EmitField{"speaker", Field::kSpeaker, kTakesCapture, {}},
};
constexpr std::array kLabelFields = {
    EmitField{"value", Field::kValue, kTakesCapture | kTakesColumn | kTakesText, {}},
};

}  // namespace

std::span<const EmitField> emit_fields(matching::TypeId type) {
  switch (type) {
    case tagging::kPerson:
      return kPersonFields;
    case tagging::kOrganization:
      return kOrganizationFields;
    case tagging::kSpeaker:
      return kSpeakerFields;
    case tagging::kQuote:
      return kQuoteFields;
    case tagging::kStop:
      return kStopFields;
    case tagging::kQuoted:
      return {};
    default:
      return kLabelFields;
  }
}

std::span<const FieldChoice> selectable_forms() {
  return kSelectableForms;
}

}  // namespace kutip::loading
