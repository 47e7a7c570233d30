#include "bench/open_load.h"

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include <cstdio>
#include <memory>

#include "bench/paired.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace kutip::bench {
namespace {

using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

constexpr std::size_t kConnections = 8;

struct Call {
  Clock::time_point begin = Clock::now();
  grpc::ClientContext context;
  grpc::ByteBuffer response;
  grpc::Status status;
  std::unique_ptr<grpc::GenericClientAsyncResponseReader> reader;
};

bool has_advice(const Call& call) {
  google::rpc::Status status;
  google::rpc::RetryInfo retry;
  bool found = false;
  if (status.ParseFromString(call.status.error_details()))
    for (const auto& detail : status.details()) found = found || detail.UnpackTo(&retry);
  return found && call.context.GetServerTrailingMetadata().count("grpc-retry-pushback-ms") == 1;
}

class Caller {
 public:
  Caller(const std::string& address, const std::vector<std::string>& requests) {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    for (std::size_t i = 0; i < kConnections; ++i) {
      channels_.push_back(grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments));
      channels_.back()->WaitForConnected(std::chrono::system_clock::now() + std::chrono::seconds(30));
      stubs_.push_back(std::make_unique<grpc::GenericStub>(channels_.back()));
    }
    for (const auto& request : requests) {
      const grpc::Slice slice(request);
      requests_.emplace_back(&slice, 1);
    }
  }
  ~Caller() { queue_.Shutdown(); }

  void start() {
    auto* call = new Call;  // deleted when it comes back
    call->reader = stubs_[next_ % kConnections]->PrepareUnaryCall(
        &call->context, "/kutip.v1.AnnotationService/Annotate", requests_[next_ % requests_.size()], &queue_);
    call->reader->StartCall();
    call->reader->Finish(&call->response, &call->status, call);
    ++next_;
    ++under_way_;
  }

  // Takes one call that is over; false if none is by then.
  bool take(std::chrono::system_clock::time_point until, LoadResult& result) {
    void* tag = nullptr;
    bool ok = false;
    if (queue_.AsyncNext(&tag, &ok, until) != grpc::CompletionQueue::GOT_EVENT) return false;
    const std::unique_ptr<Call> call(static_cast<Call*>(tag));
    --under_way_;
    if (call->status.ok()) {
      ++result.answered;
      milliseconds_.push_back(Seconds(Clock::now() - call->begin).count() * 1000);
    } else if (call->status.error_code() == grpc::StatusCode::RESOURCE_EXHAUSTED) {
      ++result.refused;
      if (!has_advice(*call)) ++result.refused_without_advice;
    } else {
      if (++result.failed_otherwise == 1) std::fprintf(stderr, "%s\n", call->status.error_message().c_str());
    }
    return true;
  }

  int under_way() const { return under_way_; }
  double p99() const { return milliseconds_.empty() ? 0 : quantile(milliseconds_, 0.99); }

 private:
  std::vector<std::shared_ptr<grpc::Channel>> channels_;
  std::vector<std::unique_ptr<grpc::GenericStub>> stubs_;
  grpc::CompletionQueue queue_;
  std::vector<grpc::ByteBuffer> requests_;
  std::vector<double> milliseconds_;
  std::size_t next_ = 0;
  int under_way_ = 0;
};

}  // namespace

LoadResult OpenLoad::run(int in_flight, double rate, Seconds length) const {
  LoadResult result;
  Caller caller(address_, requests_);
  const auto begin = Clock::now();
  double begun = 0;
  for (Seconds elapsed{0}; elapsed < length; elapsed = Clock::now() - begin) {
    if (rate > 0) {
      // What is due, but in small pieces, so that answers are taken in between.
      for (int i = 0; i < 16 && begun < elapsed.count() * rate; ++i, ++begun) caller.start();
    } else {
      while (caller.under_way() < in_flight) caller.start();
    }
    const auto now = std::chrono::system_clock::now();
    caller.take(now + std::chrono::microseconds(200), result);
    for (int i = 0; i < 64 && caller.take(now, result); ++i) {
    }
  }
  result.answered_per_second = static_cast<double>(result.answered) / Seconds(Clock::now() - begin).count();
  while (caller.under_way() > 0) caller.take(std::chrono::system_clock::now() + std::chrono::seconds(1), result);
  result.p99_milliseconds = caller.p99();
  return result;
}

}  // namespace kutip::bench
