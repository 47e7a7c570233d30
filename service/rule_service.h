#pragma once

#include <memory>

#include "service/active_rules.h"

namespace grpc {
class Service;
}

namespace kutip::service {

// kutip.v1.RuleService for a gRPC server. `rules` must outlive it.
std::unique_ptr<grpc::Service> make_rule_service(const RulesHolder& rules);

}  // namespace kutip::service
