#include "bench/echo_server.h"

#include <grpcpp/grpcpp.h>

#include <cstdio>
#include <cstdlib>

#include "kutip/v1/annotation_service.grpc.pb.h"
#include "service/unary_call.h"

namespace kutip::bench {
namespace {

using Raw = v1::AnnotationService::WithRawCallbackMethod_Annotate<v1::AnnotationService::Service>;

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
          response = responses_[static_cast<std::size_t>(std::atoi(request.document().document_id().c_str()))];
          return google::rpc::Status();
        });
  }

 private:
  std::vector<v1::AnnotateResponse> responses_;
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
