#pragma once

#include <memory>
#include <string>

namespace grpc {
class Service;
}

namespace kutip::service {

// grpc.health.v1.Health. gRPC's own keeps a Watch open while the server shuts down, and so delays each shutdown by its
// whole grace; this one ends its watches. Thread-safe.
class HealthService {
 public:
  // Services that set() was never called for are unknown.
  HealthService();
  ~HealthService();

  // The service to register with a server; belongs to this object.
  grpc::Service& grpc_service();

  void set(const std::string& service, bool serving);
  bool serving(const std::string& service) const;
  // Says NOT_SERVING for all services, for good, and ends all watches.
  void shut_down();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kutip::service
