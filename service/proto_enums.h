#pragma once

#include "authoring/explanation.h"
#include "kutip/v1/annotation.pb.h"
#include "kutip/v1/rule_service.pb.h"
#include "tagging/annotations.h"
#include "text/offsets.h"

// The engine's enumerations as the contract names them.
namespace kutip::service {

v1::OffsetUnit to_proto(text::OffsetUnit unit);
v1::QuoteForm to_proto(tagging::QuoteForm form);
v1::SpeakerKind to_proto(tagging::SpeakerKind kind);
v1::MentionForm to_proto(tagging::MentionForm form);

struct WarningText {
  v1::WarningKind kind;
  const char* message;  // a sentence for people
};

WarningText to_proto(tagging::WarningKind kind);

v1::ExplanationOutcome to_proto(authoring::ExplanationOutcome outcome);
v1::StepOutcome to_proto(authoring::StepOutcome outcome);
v1::ConflictReason to_proto(authoring::WonBy reason);

}  // namespace kutip::service
