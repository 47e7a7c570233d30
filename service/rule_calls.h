#pragma once

#include "google/rpc/status.pb.h"
#include "kutip/v1/rule_service.pb.h"
#include "service/annotate_call.h"
#include "service/limits.h"
#include "service/rule_keeper.h"
#include "service/rules_status.h"

// The calls of RuleService that load rules, without gRPC. Each returns code OK, or the error with the response
// unspecified. O(bytes of the rules).
namespace kutip::service {

[[nodiscard]] google::rpc::Status check_rules(const RulesStatus& status, const v1::CheckRulesRequest& request,
                                              const Limits& limits, const Interruption& interruption,
                                              v1::CheckRulesResponse& response);

[[nodiscard]] google::rpc::Status reload_rules(RuleKeeper& keeper, const v1::ReloadRulesRequest& request,
                                               v1::ReloadRulesResponse& response);

[[nodiscard]] google::rpc::Status roll_back_rules(RuleKeeper& keeper, const v1::RollbackRulesRequest& request,
                                                  v1::RollbackRulesResponse& response);

}  // namespace kutip::service
