#pragma once

#include <new>

#include "service/authorize.h"
#include "service/call_record.h"
#include "service/errors.h"
#include "service/serving.h"
#include "service/unary_call.h"

namespace kutip::service {

// Answers a unary call by the worker pool, or refuses it. `answer(request, response, interruption, record)` runs on any
// thread; a call that has ended while it waited is not even parsed. `serving` outlives the call.
template <typename Request, typename Response, typename Answer>
grpc::ServerUnaryReactor* answer_by_pool(const Serving& serving, operation::Method method,
                                         grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
                                         grpc::ByteBuffer* out, Answer answer) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  const CallRecord record(serving, method, *context, in->Length());
  if (google::rpc::Status denied = authorize(serving.tokens, *context, access::Permission::kAnnotate); !is_ok(denied)) {
    record.end(denied, 0);
    reactor->Finish(to_grpc(denied));
    return reactor;
  }
  const auto refused = serving.pool.submit(record.client(), in->Length(), [=] {
    const Interruption interruption = record.interruption();
    google::rpc::Status status;
    if (const google::rpc::Code stop = interruption(); stop != google::rpc::OK) {
      status = interrupted(stop);
    } else {
      try {
        status = answer_bytes<Request, Response>(*in, *out, [&](const auto& request, auto& response) {
          return answer(request, response, interruption, record);
        });
      } catch (const std::bad_alloc&) {
        status = out_of_memory();
      }
    }
    record.end(status, is_ok(status) ? out->Length() : 0);
    reactor->Finish(to_grpc(status));
  });
  if (refused) {
    const google::rpc::Status status = refuse(serving, *refused, *context);
    record.end(status, 0);
    reactor->Finish(to_grpc(status));
  }
  return reactor;
}

}  // namespace kutip::service
