#include "service/call_record.h"

#include <algorithm>
#include <atomic>
#include <string>

#include "google/rpc/error_details.pb.h"
#include "service/authorize.h"
#include "service/errors.h"
#include "service/trace_parent.h"
#include "service/unary_call.h"

namespace kutip::service {
namespace {

using std::chrono::steady_clock;

constexpr int kLinesPerSecond = 20;

// "ipv4:192.0.2.1:5000" -> "ipv4:192.0.2.1"; "unix:" stays.
std::string without_port(std::string peer) {
  const auto colon = peer.rfind(':');
  if (colon != std::string::npos && !peer.starts_with("unix")) peer.resize(colon);
  return peer;
}

// Failures come in floods; the log need not.
bool may_log_failure() {
  static std::atomic<std::int64_t> second{0};
  static std::atomic<int> lines{0};
  const auto now = std::chrono::duration_cast<std::chrono::seconds>(steady_clock::now().time_since_epoch()).count();
  if (second.exchange(now) != now) lines = 0;
  return lines++ < kLinesPerSecond;
}

std::string reason_of(const google::rpc::Status& status) {
  google::rpc::ErrorInfo info;
  for (const auto& detail : status.details())
    if (detail.UnpackTo(&info)) return info.reason();
  return {};
}

}  // namespace

CallRecord::CallRecord(const Serving& serving, operation::Method method, grpc::CallbackServerContext& context,
                       std::size_t bytes_in)
    : serving_(&serving), context_(&context), bytes_in_(bytes_in), method_(method) {
  ++serving.calls_under_way;
  serving.metrics.call_started(method);
}

work::Client CallRecord::client() const {
  if (serving_->tokens != nullptr) {
    if (auto name = serving_->tokens->name_of(metadata_of(*context_, "authorization"))) return *std::move(name);
  }
  if (!serving_->client_header.empty()) {
    if (std::string named = metadata_of(*context_, serving_->client_header); !named.empty()) return named;
  }
  return without_port(context_->peer());
}

Interruption CallRecord::interruption() const {
  return interruption_of(*context_, arrived_ + serving_->limits.max_call_duration);
}

Interruption CallRecord::interruption_by_caller() const {
  return interruption_of(*context_);
}

void CallRecord::end(const google::rpc::Status& status, std::size_t bytes_in, std::size_t bytes_out) const {
  const std::chrono::duration<double> took = steady_clock::now() - arrived_;
  serving_->metrics.call_ended({method_, static_cast<google::rpc::Code>(status.code()), took, bytes_in, bytes_out});
  const LoggedCalls logged = serving_->logged_calls;
  if (logged == LoggedCalls::kAll || (logged == LoggedCalls::kFailed && !is_ok(status) && may_log_failure()))
    log(status, took, bytes_in, bytes_out);
  --serving_->calls_under_way;
}

void CallRecord::log(const google::rpc::Status& status, std::chrono::duration<double> took, std::size_t bytes_in,
                     std::size_t bytes_out) const {
  const auto trace = TraceParent::parse(metadata_of(*context_, "traceparent"));
  serving_->log.write(operation::LogLevel::kInfo, "call",
                      {{"method", std::string(operation::name_of(method_))},
                       {"status", google::rpc::Code_Name(status.code())},
                       {"reason", reason_of(status)},
                       {"seconds", took.count()},
                       {"bytes_in", static_cast<std::int64_t>(bytes_in)},
                       {"bytes_out", static_cast<std::int64_t>(bytes_out)},
                       {"client", client()},
                       {"trace_id", trace ? trace->trace_id : std::string()},
                       {"span_id", trace ? trace->span_id : std::string()}});
}

google::rpc::Status refuse(const Serving& serving, const work::Refused& refused, grpc::CallbackServerContext& context) {
  serving.metrics.call_refused(refused.reason);
  context.AddTrailingMetadata("grpc-retry-pushback-ms", std::to_string(refused.retry_after.count()));
  return refused.reason == work::Refusal::kQueueFull
             ? retry_later("OVERLOADED", "The server has more calls than it can take.", refused.retry_after)
             : retry_later("CLIENT_LIMIT", "This client has its share of calls under way already.",
                           refused.retry_after);
}

}  // namespace kutip::service
