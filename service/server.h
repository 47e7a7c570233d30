#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <variant>

#include "service/active_rules.h"
#include "service/limits.h"

namespace grpc {
class Channel;
}

namespace kutip::service {

struct ServerOptions {
  // host:port (port 0: any free one) or unix:PATH. Empty: only in_process_channel().
  std::string listen = "127.0.0.1:50061";
  Limits limits;
};

// Why a server cannot start; a sentence for people.
struct StartError {
  std::string message;
};

// A running gRPC server: AnnotationService, RuleService, grpc.health.v1, server reflection. All members may be called
// from any thread.
class Server {
 public:
  // `rules` must outlive the server; without active rules the server runs, answers UNAVAILABLE and is NOT_SERVING.
  static std::variant<std::unique_ptr<Server>, StartError> start(const ServerOptions& options,
                                                                 const RulesHolder& rules);
  // Drains with no grace.
  ~Server();

  // Where it listens, with the port that was chosen.
  const std::string& address() const;
  // For tests and for callers in the same process.
  std::shared_ptr<grpc::Channel> in_process_channel();
  // Tells health watchers whether rules are active. To be called after each change.
  void update_health();
  // Says NOT_SERVING, takes no new calls and waits for those under way, at most `grace`; then cancels them.
  void drain(std::chrono::milliseconds grace);

 private:
  struct Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace kutip::service
