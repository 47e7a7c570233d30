#pragma once

#include "google/rpc/status.pb.h"
#include "kutip/v1/rule_service.pb.h"
#include "service/annotate_call.h"
#include "service/explainable_rules.h"
#include "service/limits.h"
#include "service/rules_status.h"

namespace kutip::service {

// RuleService.Explain, without gRPC. What answers calls knows no steps any more: `kept` is used if it is of the active
// rules, else they are compiled anew, which is slow, and left there.
[[nodiscard]] google::rpc::Status explain_text(const RulesStatus& status, const v1::ExplainRequest& request,
                                               const Limits& limits, const Interruption& interruption,
                                               ExplainableRulesPtr& kept, v1::ExplainResponse& response);

}  // namespace kutip::service
