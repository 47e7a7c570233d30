#include "service/proto_enums.h"

namespace kutip::service {

v1::OffsetUnit to_proto(text::OffsetUnit unit) {
  switch (unit) {
    case text::OffsetUnit::kUtf8:
      return v1::OFFSET_UNIT_UTF8;
    case text::OffsetUnit::kUtf16:
      return v1::OFFSET_UNIT_UTF16;
    case text::OffsetUnit::kCodePoint:
      return v1::OFFSET_UNIT_CODE_POINT;
  }
  return v1::OFFSET_UNIT_UNSPECIFIED;
}

v1::QuoteForm to_proto(tagging::QuoteForm form) {
  switch (form) {
    case tagging::QuoteForm::kDirect:
      return v1::QUOTE_FORM_DIRECT;
    case tagging::QuoteForm::kIndirect:
      return v1::QUOTE_FORM_INDIRECT;
    case tagging::QuoteForm::kMixed:
      return v1::QUOTE_FORM_MIXED;
  }
  return v1::QUOTE_FORM_UNSPECIFIED;
}

v1::SpeakerKind to_proto(tagging::SpeakerKind kind) {
  switch (kind) {
    case tagging::SpeakerKind::kPerson:
      return v1::SPEAKER_KIND_PERSON;
    case tagging::SpeakerKind::kOrganization:
      return v1::SPEAKER_KIND_ORGANIZATION;
    case tagging::SpeakerKind::kGroup:
      return v1::SPEAKER_KIND_GROUP;
    case tagging::SpeakerKind::kUnnamed:
      return v1::SPEAKER_KIND_UNNAMED;
  }
  return v1::SPEAKER_KIND_UNSPECIFIED;
}

v1::MentionForm to_proto(tagging::MentionForm form) {
  switch (form) {
    case tagging::MentionForm::kName:
      return v1::MENTION_FORM_NAME;
    case tagging::MentionForm::kShortName:
      return v1::MENTION_FORM_SHORT_NAME;
    case tagging::MentionForm::kPronoun:
      return v1::MENTION_FORM_PRONOUN;
    case tagging::MentionForm::kClitic:
      return v1::MENTION_FORM_CLITIC;
    case tagging::MentionForm::kRole:
      return v1::MENTION_FORM_ROLE;
    case tagging::MentionForm::kDescription:
      return v1::MENTION_FORM_DESCRIPTION;
    case tagging::MentionForm::kAcronym:
      return v1::MENTION_FORM_ACRONYM;
  }
  return v1::MENTION_FORM_UNSPECIFIED;
}

WarningText to_proto(tagging::WarningKind kind) {
  switch (kind) {
    case tagging::WarningKind::kUnclosedQuoteMark:
      return {v1::WARNING_KIND_UNCLOSED_QUOTE_MARK, "A quotation mark has no partner in its paragraph."};
    case tagging::WarningKind::kAnnotationLimit:
      return {v1::WARNING_KIND_ANNOTATION_LIMIT, "The text has more annotations than the limit; the rest is left out."};
    case tagging::WarningKind::kSentenceTooLong:
      return {v1::WARNING_KIND_SENTENCE_TOO_LONG, "A sentence is too long and was read in parts."};
  }
  return {v1::WARNING_KIND_UNSPECIFIED, ""};
}

v1::ExplanationOutcome to_proto(authoring::ExplanationOutcome outcome) {
  switch (outcome) {
    case authoring::ExplanationOutcome::kMatched:
      return v1::EXPLANATION_OUTCOME_MATCHED;
    case authoring::ExplanationOutcome::kSuppressed:
      return v1::EXPLANATION_OUTCOME_SUPPRESSED;
    case authoring::ExplanationOutcome::kLost:
      return v1::EXPLANATION_OUTCOME_LOST;
    case authoring::ExplanationOutcome::kStepFailed:
      return v1::EXPLANATION_OUTCOME_STEP_FAILED;
    case authoring::ExplanationOutcome::kAnchorAbsent:
      return v1::EXPLANATION_OUTCOME_ANCHOR_ABSENT;
  }
  return v1::EXPLANATION_OUTCOME_UNSPECIFIED;
}

v1::StepOutcome to_proto(authoring::StepOutcome outcome) {
  switch (outcome) {
    case authoring::StepOutcome::kMatched:
      return v1::STEP_OUTCOME_MATCHED;
    case authoring::StepOutcome::kSkipped:
      return v1::STEP_OUTCOME_SKIPPED;
    case authoring::StepOutcome::kFailed:
      return v1::STEP_OUTCOME_FAILED;
    case authoring::StepOutcome::kNotReached:
      return v1::STEP_OUTCOME_NOT_REACHED;
  }
  return v1::STEP_OUTCOME_UNSPECIFIED;
}

v1::ConflictReason to_proto(authoring::WonBy reason) {
  switch (reason) {
    case authoring::WonBy::kEarlierPhase:
      return v1::CONFLICT_REASON_EARLIER_PHASE;
    case authoring::WonBy::kPriority:
      return v1::CONFLICT_REASON_PRIORITY;
    case authoring::WonBy::kLength:
      return v1::CONFLICT_REASON_LENGTH;
    case authoring::WonBy::kStart:
      return v1::CONFLICT_REASON_START;
    case authoring::WonBy::kRuleId:
      return v1::CONFLICT_REASON_RULE_ID;
  }
  return v1::CONFLICT_REASON_UNSPECIFIED;
}

}  // namespace kutip::service
