#pragma once

#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/server_callback.h>

#include "service/status_feed.h"

namespace kutip::service {

// Answers one WatchRuleset call: the status now, then the latest whenever it has changed and the caller has read what
// came before. Owns itself until the call is over; ends it when the feed is closed.
grpc::ServerWriteReactor<grpc::ByteBuffer>* make_ruleset_watch(StatusFeed& feed);

}  // namespace kutip::service
