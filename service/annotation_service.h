#pragma once

#include <memory>

#include "service/active_rules.h"
#include "service/limits.h"

namespace grpc {
class Service;
}

namespace kutip::service {

// kutip.v1.AnnotationService for a gRPC server. `rules` must outlive it.
std::unique_ptr<grpc::Service> make_annotation_service(const RulesHolder& rules, const Limits& limits);

}  // namespace kutip::service
