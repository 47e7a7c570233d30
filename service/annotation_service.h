#pragma once

#include <memory>

#include "service/serving.h"

namespace grpc {
class Service;
}

namespace kutip::service {

// kutip.v1.AnnotationService for a gRPC server. `serving` must outlive it.
std::unique_ptr<grpc::Service> make_annotation_service(const Serving& serving);

}  // namespace kutip::service
