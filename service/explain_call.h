#pragma once

#include "google/rpc/status.pb.h"
#include "kutip/v1/rule_service.pb.h"
#include "service/annotate_call.h"
#include "service/limits.h"
#include "service/rules_status.h"

namespace kutip::service {

// RuleService.Explain, without gRPC. Compiles the active rules anew, for what answers calls knows no steps any more:
// slow.
[[nodiscard]] google::rpc::Status explain_text(const RulesStatus& status, const v1::ExplainRequest& request,
                                               const Limits& limits, v1::ExplainResponse& response);

}  // namespace kutip::service
