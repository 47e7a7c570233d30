#include "bench/interrupted_calls.h"

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include <cstdio>
#include <cstdlib>
#include <thread>

namespace kutip::bench {
namespace {

using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

// A connection of its own, as each caller has.
std::shared_ptr<grpc::Channel> connect(const std::string& address) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  auto channel = grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments);
  channel->WaitForConnected(std::chrono::system_clock::now() + std::chrono::seconds(30));
  return channel;
}

grpc::ByteBuffer buffer_of(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  return grpc::ByteBuffer(&slice, 1);
}

// One call at a time on one connection.
struct Caller {
  Caller(const std::string& address, const std::string& bytes) : stub(connect(address)), request(buffer_of(bytes)) {}
  ~Caller() { queue.Shutdown(); }

  void begin() { context = std::make_unique<grpc::ClientContext>(); }
  void start() {
    reader = stub.PrepareUnaryCall(context.get(), "/kutip.v1.AnnotationService/Annotate", request, &queue);
    reader->StartCall();
    reader->Finish(&response, &status, this);
  }
  void finish() {
    void* tag = nullptr;
    bool ok = false;
    queue.Next(&tag, &ok);
  }
  void expect(grpc::StatusCode wanted) const {
    if (status.error_code() == wanted) return;
    std::fprintf(stderr, "status %d: %s\n", status.error_code(), status.error_message().c_str());
    std::exit(2);
  }

  grpc::GenericStub stub;
  const grpc::ByteBuffer request;
  grpc::CompletionQueue queue;
  std::unique_ptr<grpc::ClientContext> context;
  std::unique_ptr<grpc::GenericClientAsyncResponseReader> reader;
  grpc::ByteBuffer response;
  grpc::Status status;
};

}  // namespace

struct InterruptedCalls::Impl {
  Caller long_call, small_call;
};

InterruptedCalls::InterruptedCalls(const std::string& address, const std::string& long_request,
                                   const std::string& small_request)
    : impl_(new Impl{{address, long_request}, {address, small_request}}) {}

InterruptedCalls::~InterruptedCalls() = default;

Seconds InterruptedCalls::uninterrupted() {
  Caller& call = impl_->long_call;
  const auto begin = Clock::now();
  call.begin();
  call.start();
  call.finish();
  call.expect(grpc::StatusCode::OK);
  return Clock::now() - begin;
}

Seconds InterruptedCalls::until_free(Interrupt how, Seconds after) {
  Caller& call = impl_->long_call;
  Caller& probe = impl_->small_call;
  const auto step = std::chrono::duration_cast<std::chrono::microseconds>(after);
  call.begin();
  const auto end = Clock::now() + step;
  if (how == Interrupt::kDeadline) call.context->set_deadline(std::chrono::system_clock::now() + step);
  call.start();
  std::this_thread::sleep_until(end);
  const auto ended = Clock::now();
  if (how == Interrupt::kCancel) call.context->TryCancel();
  probe.begin();
  probe.start();
  probe.finish();
  const Seconds free = Clock::now() - ended;
  probe.expect(grpc::StatusCode::OK);
  call.finish();
  return free;
}

}  // namespace kutip::bench
