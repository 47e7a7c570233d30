#pragma once

#include <chrono>
#include <string>

#include "service/operation/log.h"
#include "service/server.h"

namespace kutip::config {

// All that `kutip serve` can be told.
struct Settings {
  service::ServerOptions server;
  std::string rules;      // folder; empty: looked for
  std::string state_dir;  // where active rules are kept over restarts; empty: nowhere
  bool watch_rules = true;
  std::string tokens;  // file; empty: none
  operation::LogOptions log;
  std::chrono::milliseconds drain_delay{0};      // between NOT_SERVING and refusing calls, for load balancers to notice
  std::chrono::milliseconds drain_grace{5'000};  // for the calls under way then
};

}  // namespace kutip::config
