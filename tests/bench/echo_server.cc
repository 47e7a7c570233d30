#include "bench/echo_server.h"

#include <grpcpp/grpcpp.h>

#include <cstdio>
#include <cstdlib>

#include "kutip/v1/annotation_service.grpc.pb.h"
#include "service/unary_call.h"

namespace kutip::bench {
namespace {

using Raw =
    v1::AnnotationService::WithRawCallbackMethod_Annotate<v1::AnnotationService::WithRawCallbackMethod_BatchAnnotate<
        v1::AnnotationService::WithRawCallbackMethod_AnnotateStream<v1::AnnotationService::Service>>>;
using Responses = std::vector<v1::AnnotateResponse>;

const v1::AnnotateResponse& echo(const Responses& responses, const v1::Document& document) {
  return responses[static_cast<std::size_t>(std::atoi(document.document_id().c_str()))];
}

// Reads a text, writes its answer, reads the next.
class EchoStream final : public grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  explicit EchoStream(const Responses& responses) : responses_(responses) { StartRead(&in_); }
  void OnReadDone(bool ok) override {
    if (!ok) return Finish(grpc::Status::OK);
    v1::AnnotateStreamRequest request;
    v1::AnnotateStreamResponse response;
    if (!service::parse(in_, request)) std::abort();
    response.set_request_id(request.request_id());
    *response.mutable_result()->mutable_response() = echo(responses_, request.document());
    out_ = service::serialize(response);
    StartWrite(&out_);
  }
  void OnWriteDone(bool ok) override {
    if (!ok) return Finish(grpc::Status::CANCELLED);
    StartRead(&in_);
  }
  void OnDone() override { delete this; }

 private:
  const Responses& responses_;
  grpc::ByteBuffer in_, out_;
};

class EchoService final : public Raw {
 public:
  explicit EchoService(const std::vector<std::string>& responses) {
    for (const auto& bytes : responses)
      if (!responses_.emplace_back().ParseFromString(bytes)) std::abort();
  }

  grpc::ServerUnaryReactor* Annotate(grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
                                     grpc::ByteBuffer* out) override {
    return service::answer_unary<v1::AnnotateRequest, v1::AnnotateResponse>(
        context, in, out, [&](const auto& request, auto& response) {
          response = echo(responses_, request.document());
          return google::rpc::Status();
        });
  }

  grpc::ServerUnaryReactor* BatchAnnotate(grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
                                          grpc::ByteBuffer* out) override {
    return service::answer_unary<v1::BatchAnnotateRequest, v1::BatchAnnotateResponse>(
        context, in, out, [&](const auto& request, auto& response) {
          for (const v1::Document& document : request.documents())
            *response.add_results()->mutable_response() = echo(responses_, document);
          return google::rpc::Status();
        });
  }

  grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* AnnotateStream(grpc::CallbackServerContext*) override {
    return new EchoStream(responses_);
  }

 private:
  Responses responses_;
};

}  // namespace

struct EchoServer::Impl {
  explicit Impl(const std::vector<std::string>& responses) : service(responses) {}
  EchoService service;
  std::unique_ptr<grpc::Server> server;
};

EchoServer::EchoServer(const std::string& address, std::vector<std::string> responses)
    : impl_(std::make_unique<Impl>(responses)) {
  grpc::ServerBuilder builder;
  builder.AddListeningPort(address, grpc::InsecureServerCredentials());
  builder.RegisterService(&impl_->service);
  impl_->server = builder.BuildAndStart();
  if (impl_->server == nullptr) {
    std::fprintf(stderr, "the echo server cannot listen on %s\n", address.c_str());
    std::exit(2);
  }
}

EchoServer::~EchoServer() {
  impl_->server->Shutdown();
}

}  // namespace kutip::bench
