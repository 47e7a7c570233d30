#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>

#include "service/access/tokens.h"
#include "service/active_rules.h"
#include "service/limits.h"
#include "service/operation/log.h"
#include "service/operation/metrics.h"
#include "service/work/worker_pool.h"

namespace kutip::service {

// Which calls get a line in the log.
enum class LoggedCalls : std::uint8_t { kNone, kFailed, kAll };

// What the calls of a server share; all of it outlives them.
struct Serving {
  const RulesHolder& rules;
  const access::Tokens* const tokens;  // null: everybody may call
  const Limits limits;
  // Metadata that names the client, in small letters, set by a proxy in front; empty: the peer's address does.
  const std::string client_header;
  const LoggedCalls logged_calls;
  work::WorkerPool& pool;
  operation::Metrics& metrics;
  operation::Log& log;
  std::atomic<std::size_t>& calls_under_way;
};

}  // namespace kutip::service
