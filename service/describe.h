#pragma once

#include "google/rpc/status.pb.h"
#include "kutip/v1/annotation_service.pb.h"
#include "kutip/v1/rule_service.pb.h"
#include "service/active_rules.h"
#include "service/limits.h"
#include "store/rule_files.h"

// The calls that tell what a server is and which rules it has. `active` may be null: no rules yet.
namespace kutip::service {

void describe_server(const ActiveRules* active, const Limits& limits, v1::GetServerInfoResponse& response);

// `files`: what the active rules were made of, to tell what overlays change; null: that is not known.
[[nodiscard]] google::rpc::Status list_plugins(const ActiveRules* active, const store::RuleFiles* files,
                                               const v1::ListPluginsRequest& request,
                                               v1::ListPluginsResponse& response);

void describe_ruleset(const ActiveRules* active, v1::RulesetStatus& status);

}  // namespace kutip::service
