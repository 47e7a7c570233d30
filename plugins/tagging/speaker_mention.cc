#include "tagging/speaker_mention.h"

namespace kutip::tagging {
namespace {

using text::TokenRange;

MentionForm form_of(std::uint32_t forms) {
  if ((forms & kFormPronoun) != 0) return MentionForm::kPronoun;
  if ((forms & kFormClitic) != 0) return MentionForm::kClitic;
  if ((forms & kFormRole) != 0) return MentionForm::kRole;
  if ((forms & kFormDescription) != 0) return MentionForm::kDescription;
  return MentionForm::kName;
}

SpeakerKind kind_of(const Findings& findings, const Record& speaker, const SpeakerMention& mention) {
  SpeakerKind otherwise = SpeakerKind::kPerson;
  if (mention.form == MentionForm::kRole || mention.form == MentionForm::kDescription)
    otherwise = SpeakerKind::kUnnamed;
  if (mention.organization != kNone) otherwise = SpeakerKind::kOrganization;
  return static_cast<SpeakerKind>(
      findings.records.constant(speaker, Field::kKind, static_cast<std::uint32_t>(otherwise)));
}

std::uint32_t entity_at(const std::vector<std::uint32_t>& entity_of_record, std::uint32_t record) {
  return record == kNone ? kNone : entity_of_record[record];
}

// Sets the person named in `range`, else the organization. One that stands behind the first word of a description says
// where somebody unnamed belongs: a clerk of it is not it.
void set_named(const Findings& findings, const std::vector<std::uint32_t>& entity_of_record, TokenRange range,
               SpeakerMention& mention) {
  mention.person = entity_at(entity_of_record, find_at(findings, range, kPerson));
  if (mention.person != kNone) return;
  const std::uint32_t body = find_at(findings, range, kOrganization);
  if (body != kNone && mention.form == MentionForm::kDescription && findings.records[body].range.begin > range.begin)
    return;
  mention.organization = entity_at(entity_of_record, body);
}

}  // namespace

SpeakerMention read_speaker(const Findings& findings, const std::vector<std::uint32_t>& entity_of_record,
                            const Record& speaker) {
  SpeakerMention mention;
  mention.range = mention.name = speaker.range;
  mention.form = form_of(speaker.forms);
  if (const FieldValue* name = findings.records.capture(speaker, Field::kName)) {
    mention.name = name->range;
    set_named(findings, entity_of_record, name->range, mention);
  } else if (mention.form == MentionForm::kName) {
    mention.person = entity_at(entity_of_record, find_inside(findings, speaker.range, kPerson));
    if (mention.person == kNone)
      mention.organization = entity_at(entity_of_record, find_inside(findings, speaker.range, kOrganization));
  }
  mention.kind = kind_of(findings, speaker, mention);
  // A group is itself, not the first person named in it.
  if (mention.kind == SpeakerKind::kGroup) mention.person = kNone;
  return mention;
}

SpeakerMention read_speaker_capture(const Findings& findings, const std::vector<std::uint32_t>& entity_of_record,
                                    const FieldValue& speaker, TokenRange cue) {
  const Records& records = findings.records;
  SpeakerMention mention;
  const std::uint32_t taken = record_of(findings, speaker);
  const std::uint32_t inside = find_inside(findings, speaker.range, kSpeaker);
  if (taken != kNone && records[taken].type == kSpeaker) {
    mention = read_speaker(findings, entity_of_record, records[taken]);
  } else if (inside != kNone && records[inside].range == speaker.range) {
    mention = read_speaker(findings, entity_of_record, records[inside]);
  } else if (const std::uint32_t person = find_inside(findings, speaker.range, kPerson); person != kNone) {
    mention.person = entity_of_record[person];
  } else if (inside != kNone) {
    mention = read_speaker(findings, entity_of_record, records[inside]);
  } else if (const std::uint32_t body = find_inside(findings, speaker.range, kOrganization); body != kNone) {
    mention.organization = entity_of_record[body];
    mention.kind = SpeakerKind::kOrganization;
  } else {
    mention.form = MentionForm::kDescription;
    mention.kind = SpeakerKind::kUnnamed;
  }
  if (mention.name.empty()) mention.name = speaker.range;
  mention.range = speaker.range;
  if (speaker.range == cue) mention.form = MentionForm::kClitic;
  return mention;
}

}  // namespace kutip::tagging
