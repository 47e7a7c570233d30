#pragma once

#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/server_callback.h>

#include "service/serving.h"

namespace kutip::service {

// Answers one AnnotateStream call. A few texts of a stream are under way at once; the next is read when one of them has
// been answered and its answer has gone out, so that a caller that does not read holds up only itself. Owns itself
// until the call is over; `serving` outlives it.
grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* make_annotate_stream(grpc::CallbackServerContext& context,
                                                                                  const Serving& serving);

}  // namespace kutip::service
