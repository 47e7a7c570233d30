#pragma once

#include <grpcpp/server_context.h>

#include <chrono>
#include <cstddef>

#include "service/annotate_call.h"
#include "service/serving.h"

namespace kutip::service {

// One call from its arrival to its answer, for metrics, the log and its end in time. `serving` and `context` outlive
// it.
class CallRecord {
 public:
  // Counts the call as started. `bytes_in` are those of the request.
  CallRecord(const Serving& serving, operation::Method method, grpc::CallbackServerContext& context,
             std::size_t bytes_in);

  // Who calls: the name of the token, what a proxy says, or the peer's address without port.
  work::Client client() const;
  // Stops work whose caller has gone, whose deadline has passed, or which takes longer than the server allows.
  Interruption interruption() const;
  // The same without the server's own limit.
  Interruption interruption_by_caller() const;
  // Counts and logs the call's end. To be called once, before gRPC is told.
  void end(const google::rpc::Status& status, std::size_t bytes_in, std::size_t bytes_out) const;
  void end(const google::rpc::Status& status, std::size_t bytes_out) const { end(status, bytes_in_, bytes_out); }

 private:
  void log(const google::rpc::Status& status, std::chrono::duration<double> took, std::size_t bytes_in,
           std::size_t bytes_out) const;

  const Serving* serving_;
  grpc::CallbackServerContext* context_;
  std::chrono::steady_clock::time_point arrived_ = std::chrono::steady_clock::now();
  std::size_t bytes_in_;
  operation::Method method_;
};

// The refusal of a call for want of room: RESOURCE_EXHAUSTED with RetryInfo; also tells gRPC clients when to retry.
google::rpc::Status refuse(const Serving& serving, const work::Refused& refused, grpc::CallbackServerContext& context);

}  // namespace kutip::service
