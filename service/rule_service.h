#pragma once

#include <memory>

#include "service/access/tokens.h"
#include "service/active_rules.h"
#include "service/limits.h"
#include "service/reloader.h"

namespace grpc {
class Service;
}

namespace kutip::service {

// kutip.v1.RuleService for a gRPC server. `rules` and `reloader` must outlive it; without a reloader (null) it tells
// which rules are active and changes nothing.
std::unique_ptr<grpc::Service> make_rule_service(const RulesHolder& rules, const access::Tokens* tokens,
                                                 const Limits& limits, Reloader* reloader);

}  // namespace kutip::service
