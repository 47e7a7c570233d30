#include "service/health_service.h"

#include <grpcpp/grpcpp.h>

#include <map>
#include <mutex>
#include <set>

#include "grpc/health/v1/health.grpc.pb.h"

namespace kutip::service {
namespace {

using grpc::health::v1::Health;
using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;
using Status = HealthCheckResponse::ServingStatus;

// One Watch: writes the latest status, and skips those that pass while it writes. Owns itself.
class Watch final : public grpc::ServerWriteReactor<HealthCheckResponse> {
 public:
  // `left` is called when nothing may call tell() or end() any more.
  Watch(std::string service, std::function<void(Watch*)> left) : service_(std::move(service)), left_(std::move(left)) {}

  const std::string& service() const { return service_; }

  void tell(Status status) {
    const std::lock_guard lock(mutex_);
    wanted_ = status;
    go_on();
  }

  void end() {
    const std::lock_guard lock(mutex_);
    ending_ = true;
    go_on();
  }

  void OnWriteDone(bool ok) override {
    const std::lock_guard lock(mutex_);
    writing_ = false;
    if (!ok) ending_ = true;
    go_on();
  }
  void OnCancel() override { end(); }
  void OnDone() override {
    left_(this);
    delete this;
  }

 private:
  // mutex_ is held.
  void go_on() {
    if (writing_ || finished_) return;
    if (wanted_ != written_) {
      written_ = wanted_;
      response_.set_status(wanted_);
      writing_ = true;
      StartWrite(&response_);
    } else if (ending_) {
      finished_ = true;
      Finish(grpc::Status(grpc::StatusCode::UNAVAILABLE, "The server is shutting down."));
    }
  }

  const std::string service_;
  const std::function<void(Watch*)> left_;
  std::mutex mutex_;
  HealthCheckResponse response_;
  Status wanted_ = HealthCheckResponse::UNKNOWN, written_ = HealthCheckResponse::UNKNOWN;
  bool writing_ = false, ending_ = false, finished_ = false;
};

}  // namespace

class HealthService::Impl final : public Health::CallbackService {
 public:
  grpc::ServerUnaryReactor* Check(grpc::CallbackServerContext* context, const HealthCheckRequest* request,
                                  HealthCheckResponse* response) override {
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    const std::lock_guard lock(mutex_);
    const auto at = statuses_.find(request->service());
    if (at == statuses_.end()) {
      reactor->Finish(grpc::Status(grpc::StatusCode::NOT_FOUND, "There is no such service."));
    } else {
      response->set_status(at->second);
      reactor->Finish(grpc::Status::OK);
    }
    return reactor;
  }

  grpc::ServerWriteReactor<HealthCheckResponse>* Watch(grpc::CallbackServerContext*,
                                                       const HealthCheckRequest* request) override {
    auto* watch = new service::Watch(request->service(), [this](service::Watch* ended) {
      const std::lock_guard lock(mutex_);
      watches_.erase(ended);
    });
    const std::lock_guard lock(mutex_);
    watches_.insert(watch);
    const auto at = statuses_.find(watch->service());
    watch->tell(at == statuses_.end() ? HealthCheckResponse::SERVICE_UNKNOWN : at->second);
    if (shut_down_) watch->end();
    return watch;
  }

  void set(const std::string& service, bool serving) {
    const std::lock_guard lock(mutex_);
    const Status status = serving && !shut_down_ ? HealthCheckResponse::SERVING : HealthCheckResponse::NOT_SERVING;
    statuses_[service] = status;
    for (service::Watch* watch : watches_)
      if (watch->service() == service) watch->tell(status);
  }

  bool serving(const std::string& service) const {
    const std::lock_guard lock(mutex_);
    const auto at = statuses_.find(service);
    return at != statuses_.end() && at->second == HealthCheckResponse::SERVING;
  }

  void shut_down() {
    const std::lock_guard lock(mutex_);
    shut_down_ = true;
    for (auto& [service, status] : statuses_) status = HealthCheckResponse::NOT_SERVING;
    for (service::Watch* watch : watches_) {
      if (statuses_.contains(watch->service())) watch->tell(HealthCheckResponse::NOT_SERVING);
      watch->end();
    }
  }

 private:
  mutable std::mutex mutex_;
  std::map<std::string, Status> statuses_;
  std::set<service::Watch*> watches_;
  bool shut_down_ = false;
};

HealthService::HealthService() : impl_(std::make_unique<Impl>()) {}
HealthService::~HealthService() = default;

grpc::Service& HealthService::grpc_service() {
  return *impl_;
}

void HealthService::set(const std::string& service, bool serving) {
  impl_->set(service, serving);
}

bool HealthService::serving(const std::string& service) const {
  return impl_->serving(service);
}

void HealthService::shut_down() {
  impl_->shut_down();
}

}  // namespace kutip::service
