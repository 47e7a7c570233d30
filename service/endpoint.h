#pragma once

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "service/listen/accept_loop.h"
#include "service/server.h"

namespace kutip::service {

// An address with a gRPC server of its own: in gRPC all addresses of a server have all of its services.
class Endpoint {
 public:
  // Opens `listen` (empty: no address, only in-process channels) for `services`, which must outlive it.
  static std::variant<std::unique_ptr<Endpoint>, StartError> open(const std::string& listen,
                                                                  const std::vector<grpc::Service*>& services,
                                                                  std::shared_ptr<grpc::ServerCredentials> credentials,
                                                                  const ServerOptions& options);

  const std::string& address() const { return address_; }
  grpc::Server& server() { return *server_; }
  listen::ConnectionFigures figures() const;

  // Takes no more connections.
  void stop_accepting();
  // Ends those that are open, as if their peers had. REQUIRES: stop_accepting() has returned.
  void end_connections();
  // Takes no new calls, waits for those under way until `deadline` and cancels them then.
  void shut_down(std::chrono::system_clock::time_point deadline) { server_->Shutdown(deadline); }

 private:
  Endpoint() = default;

  std::string address_;
  std::unique_ptr<grpc::experimental::ExternalConnectionAcceptor> acceptor_;
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<listen::AcceptLoop> accept_loop_;
};

}  // namespace kutip::service
