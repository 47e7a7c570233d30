#include "bench/stream_client.h"

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include <cstdio>
#include <cstdlib>

namespace kutip::bench {
namespace {

using Clock = std::chrono::steady_clock;

char tag_of_start, tag_of_write, tag_of_read;

}  // namespace

struct StreamClient::Impl {
  Impl(const std::string& address, const std::vector<std::string>& bytes)
      : channel(grpc::CreateChannel(address, grpc::InsecureChannelCredentials())), stub(channel) {
    for (const auto& request : bytes) {
      const grpc::Slice slice(request);
      requests.emplace_back(&slice, 1);
    }
    channel->WaitForConnected(std::chrono::system_clock::now() + std::chrono::seconds(30));
    stream = stub.PrepareCall(&context, "/kutip.v1.AnnotationService/AnnotateStream", &queue);
    stream->StartCall(&tag_of_start);
    wait();
    stream->Read(&response, &tag_of_read);
  }

  void* wait() {
    void* tag = nullptr;
    bool ok = false;
    if (queue.Next(&tag, &ok) && ok) return tag;
    std::fprintf(stderr, "a stream failed\n");
    std::exit(2);
  }

  void write() {
    writing = true;
    --to_write;
    ++under_way;
    stream->Write(requests[next++ % requests.size()], &tag_of_write);
  }

  // Handles one event; true if it was an answer.
  bool step() {
    if (!writing && to_write > 0) write();
    if (wait() == &tag_of_write) {
      writing = false;
      return false;
    }
    --under_way;
    stream->Read(&response, &tag_of_read);
    return true;
  }

  std::shared_ptr<grpc::Channel> channel;
  grpc::GenericStub stub;
  grpc::ClientContext context;
  grpc::CompletionQueue queue;
  std::unique_ptr<grpc::GenericClientAsyncReaderWriter> stream;
  std::vector<grpc::ByteBuffer> requests;
  grpc::ByteBuffer response;
  std::size_t next = 0;
  int to_write = 0, under_way = 0;
  bool writing = false;
};

StreamClient::StreamClient(const std::string& address, const std::vector<std::string>& requests)
    : impl_(std::make_unique<Impl>(address, requests)) {}

StreamClient::~StreamClient() {
  impl_->context.TryCancel();
  impl_->queue.Shutdown();
  void* tag = nullptr;
  for (bool ok = false; impl_->queue.Next(&tag, &ok);) {
  }
}

double StreamClient::texts_per_second(int in_flight, std::chrono::duration<double> length) {
  impl_->to_write = in_flight;
  const auto begin = Clock::now();
  std::uint64_t done = 0;
  std::chrono::duration<double> elapsed{};
  while (elapsed < length) {
    if (impl_->step()) {
      ++done;
      ++impl_->to_write;
    }
    elapsed = Clock::now() - begin;
  }
  impl_->to_write = 0;
  while (impl_->under_way > 0 || impl_->writing) impl_->step();
  return static_cast<double>(done) / elapsed.count();
}

}  // namespace kutip::bench
