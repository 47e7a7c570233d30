#pragma once

#include <cstdint>
#include <vector>

#include "tagging/annotations.h"
#include "tagging/findings.h"

namespace kutip::tagging {

// Words beside a cue, or anywhere, that stand for somebody who can speak.
struct SpeakerMention {
  text::TokenRange range;
  text::TokenRange name;  // what it is called if it is neither a known person nor organization
  MentionForm form = MentionForm::kName;
  SpeakerKind kind = SpeakerKind::kPerson;
  std::uint32_t person = kNone;        // index into Annotations::persons
  std::uint32_t organization = kNone;  // index into Annotations::organizations
};

// Reads a SPEAKER record.
SpeakerMention read_speaker(const Findings& findings, const std::vector<std::uint32_t>& entity_of_record,
                            const Record& speaker);

// Reads what a QUOTE's `speaker` field captured: the SPEAKER it took; else the first PERSON in it, else the first
// SPEAKER, else the first ORGANIZATION; else it is a description. The same range as the cue makes it a clitic.
SpeakerMention read_speaker_capture(const Findings& findings, const std::vector<std::uint32_t>& entity_of_record,
                                    const FieldValue& speaker, text::TokenRange cue);

// True for mentions that name nobody themselves but point back: pronouns, clitics, and descriptions of a certain person
// ("that politician", emitted as a DESCRIPTION of kind PERSON).
inline bool is_anaphoric(const SpeakerMention& mention) {
  if (mention.form == MentionForm::kPronoun || mention.form == MentionForm::kClitic) return true;
  return mention.form == MentionForm::kDescription && mention.kind == SpeakerKind::kPerson && mention.person == kNone;
}

}  // namespace kutip::tagging
