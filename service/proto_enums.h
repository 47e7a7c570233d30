#pragma once

#include "kutip/v1/annotation.pb.h"
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

}  // namespace kutip::service
