#pragma once

#include <gmock/gmock.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <thread>

#include "google/rpc/error_details.pb.h"
#include "kutip/v1/annotation_service.grpc.pb.h"
#include "service/error_details.h"
#include "service/sample_rules.h"
#include "service/server.h"

// Rows of the table of faults (docs/faults.md), each over the wire, with its status and reason.
namespace kutip::service {

inline constexpr const char* kArticle = "“Kapal siap berlayar,” kata Rini Wulandari. Festival Laut akan dibuka.";
inline constexpr const char* kAnnotate = "/kutip.v1.AnnotationService/Annotate";

// What a caller sees of a failed call.
struct Failure {
  grpc::StatusCode code = grpc::StatusCode::OK;
  std::string reason;
  std::map<std::string, std::string> metadata;
  bool retry_info = false;
};

inline Failure failure_of(const grpc::Status& status) {
  Failure out{status.error_code(), {}, {}, false};
  google::rpc::Status rich;
  if (!rich.ParseFromString(status.error_details())) return out;
  const ErrorDetails details = details_of(rich);
  out.reason = details.reason;
  out.metadata = details.metadata;
  google::rpc::RetryInfo retry;
  for (const auto& detail : rich.details())
    out.retry_info = out.retry_info || (detail.UnpackTo(&retry) && retry.retry_delay().nanos() > 0);
  return out;
}

// Waits, for at most a minute, until something holds.
inline bool eventually(const std::function<bool()>& holds) {
  for (int i = 0; i < 6000; ++i) {
    if (holds()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

class FaultTest : public testing::Test {
 protected:
  // The server each test begins with; a test may start another one, with other options.
  void SetUp() override { start(ServerOptions{}); }

  void start(ServerOptions options, bool with_rules = true) {
    server_.reset();
    options.listen = "127.0.0.1:0";
    options.client_header = "x-client";
    auto started = Server::start(options, with_rules ? rules_ : no_rules_);
    ASSERT_TRUE(std::holds_alternative<std::unique_ptr<Server>>(started)) << std::get<StartError>(started).message;
    server_ = std::move(std::get<std::unique_ptr<Server>>(started));
    if (with_rules && rules_.current() == nullptr) rules_.activate(sample_rules());
    server_->update_health();
    channel_ = new_channel();
    stub_ = v1::AnnotationService::NewStub(channel_);
  }

  std::shared_ptr<grpc::Channel> new_channel() const {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    return grpc::CreateCustomChannel(server_->address(), grpc::InsecureChannelCredentials(), arguments);
  }

  static v1::AnnotateRequest request_of(const std::string& text) {
    v1::AnnotateRequest request;
    request.mutable_document()->set_utf8(text);
    request.mutable_document()->set_language_code("id");
    return request;
  }

  grpc::Status annotate(const v1::AnnotateRequest& request, v1::AnnotateResponse& response,
                        const std::string& client = "test") {
    grpc::ClientContext context;
    context.AddMetadata("x-client", client);
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::minutes(2));
    return stub_->Annotate(&context, request, &response);
  }

  Failure fail(const v1::AnnotateRequest& request, const std::string& client = "test") {
    v1::AnnotateResponse response;
    return failure_of(annotate(request, response, client));
  }

  // True if an ordinary call is answered: the server is still there.
  bool answers() {
    v1::AnnotateResponse response;
    return annotate(request_of(kArticle), response).ok() && response.quotes_size() == 1;
  }

  // Sends any bytes as a request.
  Failure call_raw(const std::string& bytes, const std::string& method = kAnnotate) {
    grpc::GenericStub stub(channel_);
    grpc::ClientContext context;
    grpc::CompletionQueue queue;
    const grpc::Slice slice(bytes);
    const auto call = stub.PrepareUnaryCall(&context, method, grpc::ByteBuffer(&slice, 1), &queue);
    call->StartCall();
    grpc::ByteBuffer response;
    grpc::Status status;
    call->Finish(&response, &status, this);
    void* tag = nullptr;
    bool ok = false;
    EXPECT_TRUE(queue.Next(&tag, &ok));
    return failure_of(status);
  }

  // The value of a metric, by its name with labels; 0 if it is not there.
  double metric(const std::string& name) const {
    const std::string all = "\n" + server_->metrics();
    const auto at = all.find("\n" + name + " ");
    return at == std::string::npos ? 0 : std::stod(all.substr(at + name.size() + 2));
  }

  RulesHolder rules_, no_rules_;
  std::unique_ptr<Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<v1::AnnotationService::Stub> stub_;
};

// Options with which one long text keeps the only worker busy for seconds, until it is cancelled.
inline ServerOptions one_worker(std::size_t queued_calls) {
  ServerOptions options;
  options.work.workers = 1;
  options.work.queued_calls = queued_calls;
  options.limits.max_text_bytes = 64 << 20;
  options.limits.max_message_bytes = 65 << 20;
  return options;
}

// A call of a client of its own that keeps a worker busy until it is cancelled.
class LongCall {
 public:
  explicit LongCall(v1::AnnotationService::Stub& stub, const std::string& client = "holder") {
    request_.mutable_document()->set_language_code("id");
    std::string& text = *request_.mutable_document()->mutable_utf8();
    while (text.size() < (48U << 20)) text += "“Kapal siap,” kata Rini Wulandari di Dinas Kelautan Tambora.\n";
    context_.AddMetadata("x-client", client);
    thread_ = std::thread([this, &stub] { status_ = stub.Annotate(&context_, request_, &response_); });
  }
  ~LongCall() { cancel(); }

  grpc::Status cancel() {
    context_.TryCancel();
    if (thread_.joinable()) thread_.join();
    return status_;
  }

 private:
  grpc::ClientContext context_;
  v1::AnnotateRequest request_;
  v1::AnnotateResponse response_;
  grpc::Status status_;
  std::thread thread_;
};

using Code = grpc::StatusCode;

#define EXPECT_FAILURE(failure, expected_code, expected_reason) \
  do {                                                          \
    const Failure seen = (failure);                             \
    EXPECT_EQ(seen.code, expected_code);                        \
    EXPECT_EQ(seen.reason, expected_reason);                    \
  } while (false)

}  // namespace kutip::service
