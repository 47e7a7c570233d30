#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <variant>

#include "service/access/certificates.h"
#include "service/access/tokens.h"
#include "service/active_rules.h"
#include "service/limits.h"
#include "service/listen/accept_loop.h"
#include "service/reloader.h"
#include "service/serving.h"

namespace grpc {
class Channel;
}

namespace kutip::service {

// How a connection may behave; gRPC closes one that does not.
struct ConnectionRules {
  std::uint32_t streams = 64;                   // calls at once
  std::uint32_t metadata_bytes = 8192;          // of a call
  std::chrono::milliseconds handshake{10'000};  // until the peer has sent its HTTP/2 settings
  std::chrono::milliseconds keepalive{60'000};  // silence after which the peer is asked whether it is there
  std::chrono::milliseconds keepalive_timeout{20'000};
  std::chrono::milliseconds min_ping_interval{30'000};  // of the peer, while it has no call
  std::chrono::milliseconds idle{300'000};              // without a call
  std::chrono::milliseconds age{600'000};               // then the peer is asked to connect anew, so that load spreads
  std::chrono::milliseconds age_grace{30'000};          // for the calls under way then
};

struct ServerOptions {
  // host:port (port 0: any free one) or unix:PATH. Empty: only in_process_channel().
  std::string listen = "127.0.0.1:50061";
  Limits limits{};
  // What RuleService loads rules with; must outlive the server. Null: it only tells which are active.
  Reloader* reloader = nullptr;
  work::PoolLimits work{};
  listen::ConnectionLimits connections{};
  ConnectionRules connection{};
  std::size_t memory_bytes = std::size_t{512} << 20;  // of gRPC's buffers, for all connections together
  std::string client_header{};
  LoggedCalls logged_calls = LoggedCalls::kFailed;
  // Address for RuleService alone; empty: it is served on `listen`, if that is a loopback address or a unix socket.
  std::string rules_listen{};
  access::CertificateFiles tls{};                  // on both addresses; without a certificate: none
  std::shared_ptr<const access::Tokens> tokens{};  // who may call what; null: whoever reaches the address
  std::string metrics_listen{};                    // HOST:PORT of the HTTP listener for Prometheus; empty: none
  bool rule_metrics = false;                       // whether texts are counted for each rule, too
  std::shared_ptr<operation::Log> log{};           // null: none
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
  // Where RuleService is.
  const std::string& rules_address() const;
  // For tests and for callers in the same process.
  std::shared_ptr<grpc::Channel> in_process_channel();
  // Tells health watchers whether rules are active. To be called after each change.
  void update_health();
  // Calls it, in this process, and says whether it answers within a second.
  bool answers();
  // From now on NOT_SERVING for health, though calls are still taken.
  void announce_end();
  // announce_end(), takes no new calls and waits for those under way, at most `grace`; then cancels them and waits
  // until they have noticed.
  void drain(std::chrono::milliseconds grace);
  // The figures in Prometheus' text format.
  std::string metrics() const;

 private:
  struct Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace kutip::service
