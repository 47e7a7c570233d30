#pragma once

#include <google/protobuf/arena.h>
#include <grpcpp/support/server_callback.h>

#include <chrono>
#include <memory>

#include "service/annotate_call.h"
#include "service/errors.h"
#include "service/raw_message.h"

namespace kutip::service {

// Stops work whose caller has gone or whose deadline has passed. `context` must outlive it.
inline Interruption interruption_of(const grpc::CallbackServerContext& context) {
  return [&context] {
    if (std::chrono::system_clock::now() >= context.deadline()) return google::rpc::DEADLINE_EXCEEDED;
    return context.IsCancelled() ? google::rpc::CANCELLED : google::rpc::OK;
  };
}

// The same, and work that goes on at `last`, whatever the caller's deadline is.
inline Interruption interruption_of(const grpc::CallbackServerContext& context,
                                    std::chrono::steady_clock::time_point last) {
  return [by_caller = interruption_of(context), last] {
    return std::chrono::steady_clock::now() >= last ? google::rpc::DEADLINE_EXCEEDED : by_caller();
  };
}

// What a thread keeps from call to call: the engine's memory, and the first block of the messages' arena.
struct ThreadMemory {
  static constexpr std::size_t kArenaBlock = 64 << 10;

  CallMemory call;
  std::unique_ptr<char[]> arena_block = std::make_unique<char[]>(kArenaBlock);

  static ThreadMemory& of_this_thread() {
    static thread_local ThreadMemory memory;
    return memory;
  }
  // Of an arena that begins in this thread's block; one at a time.
  google::protobuf::ArenaOptions arena_options() const {
    google::protobuf::ArenaOptions options;
    options.initial_block = arena_block.get();
    options.initial_block_size = kArenaBlock;
    return options;
  }
};

// Parses a request, lets `answer(request, response)` work and serialises; `answer` returns the call's
// google.rpc.Status. `out` is written if the status is OK.
template <typename Request, typename Response, typename Answer>
google::rpc::Status answer_bytes(const grpc::ByteBuffer& in, grpc::ByteBuffer& out, const Answer& answer) {
  google::protobuf::Arena arena(ThreadMemory::of_this_thread().arena_options());
  auto& request = *google::protobuf::Arena::CreateMessage<Request>(&arena);
  auto& response = *google::protobuf::Arena::CreateMessage<Response>(&arena);
  google::rpc::Status status = parse(in, request) ? answer(request, response) : malformed_request();
  if (is_ok(status)) out = serialize(response);
  return status;
}

// Answers a unary call at once, on gRPC's thread: for answers that take no time.
template <typename Request, typename Response, typename Answer>
grpc::ServerUnaryReactor* answer_unary(grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
                                       grpc::ByteBuffer* out, Answer answer) {
  const google::rpc::Status status = answer_bytes<Request, Response>(*in, *out, answer);
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  reactor->Finish(to_grpc(status));
  return reactor;
}

}  // namespace kutip::service
