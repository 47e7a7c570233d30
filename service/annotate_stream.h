#pragma once

#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/server_callback.h>

#include "service/active_rules.h"
#include "service/limits.h"

namespace kutip::service {

// Answers one AnnotateStream call: reads a text, writes its answer, reads the next, so that a caller that does not read
// holds up only itself. Answers come in the order of the requests. Owns itself until the call is over; `rules` must
// outlive it.
grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* make_annotate_stream(grpc::CallbackServerContext& context,
                                                                                  const RulesHolder& rules,
                                                                                  const Limits& limits);

}  // namespace kutip::service
