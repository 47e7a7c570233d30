#include "service/endpoint.h"

#include <grpcpp/resource_quota.h>

#include <utility>

namespace kutip::service {
namespace {

using Acceptor = grpc::experimental::ExternalConnectionAcceptor;

int milliseconds(std::chrono::milliseconds duration) {
  return static_cast<int>(duration.count());
}

void set_options(grpc::ServerBuilder& builder, const ServerOptions& options) {
  builder.SetMaxReceiveMessageSize(static_cast<int>(options.limits.max_message_bytes));
  builder.SetMaxSendMessageSize(-1);
  // A compressed message is unpacked before any limit applies, so a small one could take all memory.
  builder.SetCompressionAlgorithmSupportStatus(GRPC_COMPRESS_GZIP, false);
  builder.SetCompressionAlgorithmSupportStatus(GRPC_COMPRESS_DEFLATE, false);
  builder.SetResourceQuota(grpc::ResourceQuota("kutip").Resize(options.memory_bytes));

  const ConnectionRules& rules = options.connection;
  const std::pair<const char*, int> arguments[] = {
      {GRPC_ARG_MAX_CONCURRENT_STREAMS, static_cast<int>(rules.streams)},
      {GRPC_ARG_MAX_METADATA_SIZE, static_cast<int>(rules.metadata_bytes)},
      {GRPC_ARG_SERVER_HANDSHAKE_TIMEOUT_MS, milliseconds(rules.handshake)},
      {GRPC_ARG_KEEPALIVE_TIME_MS, milliseconds(rules.keepalive)},
      {GRPC_ARG_KEEPALIVE_TIMEOUT_MS, milliseconds(rules.keepalive_timeout)},
      {GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1},
      {GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, milliseconds(rules.min_ping_interval)},
      {GRPC_ARG_MAX_CONNECTION_IDLE_MS, milliseconds(rules.idle)},
      {GRPC_ARG_MAX_CONNECTION_AGE_MS, milliseconds(rules.age)},
      {GRPC_ARG_MAX_CONNECTION_AGE_GRACE_MS, milliseconds(rules.age_grace)},
  };
  for (const auto& [name, value] : arguments) builder.AddChannelArgument(name, value);
}

}  // namespace

std::variant<std::unique_ptr<Endpoint>, StartError> Endpoint::open(const std::string& listen,
                                                                   const std::vector<grpc::Service*>& services,
                                                                   std::shared_ptr<grpc::ServerCredentials> credentials,
                                                                   const ServerOptions& options) {
  std::vector<listen::ListeningSocket> sockets;
  if (!listen.empty()) {
    auto listening = listen::listen_on(listen);
    if (const auto* error = std::get_if<listen::ListenError>(&listening)) return StartError{error->message};
    sockets.push_back(std::move(std::get<listen::ListeningSocket>(listening)));
  }
  std::unique_ptr<Endpoint> endpoint(new Endpoint);
  grpc::ServerBuilder builder;
  set_options(builder, options);
  for (grpc::Service* service : services) builder.RegisterService(service);
  endpoint->acceptor_ = builder.experimental().AddExternalConnectionAcceptor(
      grpc::ServerBuilder::experimental_type::ExternalConnectionType::FROM_FD, std::move(credentials));
  endpoint->server_ = builder.BuildAndStart();
  if (endpoint->server_ == nullptr) return StartError{"cannot start gRPC"};
  if (sockets.empty()) return endpoint;
  endpoint->address_ = sockets.front().address();
  endpoint->accept_loop_ = std::make_unique<listen::AcceptLoop>(
      std::move(sockets), options.connections, [acceptor = endpoint->acceptor_.get()](int listener, int connection) {
        Acceptor::NewConnectionParameters parameters;
        parameters.listener_fd = listener;
        parameters.fd = connection;
        acceptor->HandleNewConnection(&parameters);
      });
  return endpoint;
}

listen::ConnectionFigures Endpoint::figures() const {
  return accept_loop_ ? accept_loop_->figures() : listen::ConnectionFigures{};
}

void Endpoint::stop_accepting() {
  if (accept_loop_) accept_loop_->stop();
}

void Endpoint::end_connections() {
  if (accept_loop_) accept_loop_->end_connections();
}

}  // namespace kutip::service
