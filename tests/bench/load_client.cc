#include "bench/load_client.h"

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include <cstdio>
#include <cstdlib>

namespace kutip::bench {
namespace {

using Clock = std::chrono::steady_clock;

struct Call {
  grpc::ClientContext context;
  grpc::ByteBuffer response;
  grpc::Status status;
  std::unique_ptr<grpc::GenericClientAsyncResponseReader> reader;
};

}  // namespace

struct LoadClient::Impl {
  Impl(const std::string& address, const std::string& name, const std::vector<std::string>& bytes)
      : method("/kutip.v1.AnnotationService/" + name),
        channel(grpc::CreateChannel(address, grpc::InsecureChannelCredentials())),
        stub(channel) {
    for (const auto& request : bytes) {
      const grpc::Slice slice(request);
      requests.emplace_back(&slice, 1);
    }
    channel->WaitForConnected(std::chrono::system_clock::now() + std::chrono::seconds(30));
  }

  void start() {
    auto* call = new Call;  // deleted when it comes back
    call->reader = stub.PrepareUnaryCall(&call->context, method, requests[next++ % requests.size()], &queue);
    call->reader->StartCall();
    call->reader->Finish(&call->response, &call->status, call);
  }

  void wait() {
    void* tag = nullptr;
    bool ok = false;
    queue.Next(&tag, &ok);
    const std::unique_ptr<Call> call(static_cast<Call*>(tag));
    if (call->status.ok()) return;
    std::fprintf(stderr, "a call failed: %s\n", call->status.error_message().c_str());
    std::exit(2);
  }

  std::string method;
  std::shared_ptr<grpc::Channel> channel;
  grpc::GenericStub stub;
  grpc::CompletionQueue queue;
  std::vector<grpc::ByteBuffer> requests;
  std::size_t next = 0;
};

LoadClient::LoadClient(const std::string& address, const std::string& method, const std::vector<std::string>& requests)
    : impl_(std::make_unique<Impl>(address, method, requests)) {}

LoadClient::~LoadClient() {
  impl_->queue.Shutdown();
}

double LoadClient::calls_per_second(int in_flight, std::chrono::duration<double> length) {
  for (int i = 0; i < in_flight; ++i) impl_->start();
  const auto begin = Clock::now();
  std::uint64_t done = 0;
  std::chrono::duration<double> elapsed{};
  while (elapsed < length) {
    impl_->wait();
    impl_->start();
    ++done;
    elapsed = Clock::now() - begin;
  }
  for (int i = 0; i < in_flight; ++i) impl_->wait();
  return static_cast<double>(done) / elapsed.count();
}

}  // namespace kutip::bench
