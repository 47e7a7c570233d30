#pragma once

#include "kutip/v1/annotation_service.pb.h"

namespace kutip::fuzz {

// Answers a request by the rules of tests/service/rules and aborts if the answer breaks the contract: an error without
// a reason, a span outside of the text or not half-open, an index outside of its list, another answer the second time.
void answer_and_check(const v1::AnnotateRequest& request);

}  // namespace kutip::fuzz
