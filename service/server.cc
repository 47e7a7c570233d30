#include "service/server.h"

#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/service_type.h>
#include <grpcpp/resource_quota.h>

#include <atomic>
#include <thread>

#include "kutip/v1/annotation_service.grpc.pb.h"
#include "service/annotation_service.h"
#include "service/health_service.h"
#include "service/quiet_libraries.h"
#include "service/rule_service.h"

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

void once_per_process() {
  static const bool done = [] {
    quiet_libraries();
    grpc::EnableDefaultHealthCheckService(false);
    grpc::reflection::InitProtoReflectionServerBuilderPlugin();
    return true;
  }();
  static_cast<void>(done);
}

bool is_local(const std::string& listen) {
  return listen.empty() || listen.starts_with("unix:") || listen.starts_with("127.") || listen.starts_with("[::1]:") ||
         listen.starts_with("localhost:");
}

operation::LogOptions silent() {
  return {.level = operation::LogLevel::kOff};
}

}  // namespace

// In the order in which they need each other.
struct Server::Impl {
  Impl(const ServerOptions& options, const RulesHolder& holder)
      : rules(holder),
        log(options.log ? options.log : std::make_shared<operation::Log>(silent())),
        pool(options.work),
        serving{holder,  options.limits, options.client_header, options.logged_calls, pool,
                metrics, *log,           calls_under_way},
        annotation_service(make_annotation_service(serving)),
        rule_service(make_rule_service(holder, options.limits, options.reloader)),
        reloader(options.reloader) {
    metrics.set_source([this] { return snapshot(); });
  }

  operation::Snapshot snapshot() const;
  void end_connections_when_idle(const std::atomic<bool>& over);

  const RulesHolder& rules;
  std::shared_ptr<operation::Log> log;
  operation::Metrics metrics;
  work::WorkerPool pool;
  std::atomic<std::size_t> calls_under_way{0};
  const Serving serving;
  HealthService health;
  std::unique_ptr<grpc::Service> annotation_service, rule_service;
  Reloader* const reloader;
  std::unique_ptr<Acceptor> acceptor;
  std::unique_ptr<grpc::Server> server;
  std::unique_ptr<listen::AcceptLoop> accept_loop;
  std::unique_ptr<operation::MetricsListener> metrics_listener;
  std::string address;
  std::atomic<bool> ending{false}, drained{false};
};

operation::Snapshot Server::Impl::snapshot() const {
  operation::Snapshot now;
  now.work = pool.figures();
  if (accept_loop) now.connections = accept_loop->figures();
  now.serving = health.serving("");
  now.log_lines_dropped = log->dropped();
  if (const auto active = rules.current()) {
    now.digest = active->rules->digest();
    now.generation = active->generation;
    now.active_since = std::chrono::duration<double>(active->since.time_since_epoch()).count();
    for (const tagging::PluginInfo& plugin : active->rules->plugins()) {
      now.rules += plugin.rule_count;
      now.lexicon_entries += plugin.lexicon_entry_count;
    }
  }
  return now;
}

// gRPC asks its peers to leave and waits until the last has gone. Clients with nothing under way do not always look.
void Server::Impl::end_connections_when_idle(const std::atomic<bool>& over) {
  constexpr auto kLook = std::chrono::milliseconds(10);
  constexpr int kIdleLooks = 20;  // so that the last answers have gone out
  for (int idle = 0; idle < kIdleLooks; idle = calls_under_way == 0 ? idle + 1 : 0) {
    if (over) return;
    std::this_thread::sleep_for(kLook);
  }
  if (accept_loop) accept_loop->end_connections();
}

std::variant<std::unique_ptr<Server>, StartError> Server::start(const ServerOptions& options,
                                                                const RulesHolder& rules) {
  once_per_process();
  std::vector<listen::ListeningSocket> sockets;
  if (!options.listen.empty()) {
    auto listening = listen::listen_on(options.listen);
    if (const auto* error = std::get_if<listen::ListenError>(&listening)) return StartError{error->message};
    sockets.push_back(std::move(std::get<listen::ListeningSocket>(listening)));
  }
  auto impl = std::make_unique<Impl>(options, rules);
  grpc::ServerBuilder builder;
  set_options(builder, options);
  builder.RegisterService(impl->annotation_service.get());
  // Whoever may call it may change what the server answers.
  if (is_local(options.listen)) builder.RegisterService(impl->rule_service.get());
  builder.RegisterService(&impl->health.grpc_service());
  impl->acceptor = builder.experimental().AddExternalConnectionAcceptor(
      grpc::ServerBuilder::experimental_type::ExternalConnectionType::FROM_FD, grpc::InsecureServerCredentials());
  impl->server = builder.BuildAndStart();
  if (impl->server == nullptr) return StartError{"cannot start gRPC"};
  if (!sockets.empty()) {
    impl->address = sockets.front().address();
    impl->accept_loop = std::make_unique<listen::AcceptLoop>(
        std::move(sockets), options.connections, [acceptor = impl->acceptor.get()](int listener, int connection) {
          Acceptor::NewConnectionParameters parameters;
          parameters.listener_fd = listener;
          parameters.fd = connection;
          acceptor->HandleNewConnection(&parameters);
        });
  }
  if (!options.metrics_listen.empty()) {
    std::string error;
    impl->metrics_listener = std::make_unique<operation::MetricsListener>(impl->metrics, options.metrics_listen, error);
    if (!error.empty()) return StartError{error};
  }
  auto server = std::unique_ptr<Server>(new Server(std::move(impl)));
  server->update_health();
  return server;
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Server::~Server() {
  drain(std::chrono::milliseconds(0));
}

const std::string& Server::address() const {
  return impl_->address;
}

std::shared_ptr<grpc::Channel> Server::in_process_channel() {
  return impl_->server->InProcessChannel({});
}

void Server::update_health() {
  const bool serving = !impl_->ending && impl_->rules.current() != nullptr;
  impl_->health.set("kutip.v1.AnnotationService", serving);
  impl_->health.set("kutip.v1.RuleService", !impl_->ending);
  impl_->health.set("", serving);
}

bool Server::answers() {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(1));
  v1::GetServerInfoResponse response;
  return v1::AnnotationService::NewStub(in_process_channel())->GetServerInfo(&context, {}, &response).ok();
}

void Server::announce_end() {
  impl_->ending = true;
  update_health();
}

void Server::drain(std::chrono::milliseconds grace) {
  if (impl_->drained.exchange(true)) return;
  impl_->ending = true;
  impl_->health.shut_down();
  if (impl_->reloader != nullptr) impl_->reloader->feed().close();  // ends its watchers
  if (impl_->accept_loop) impl_->accept_loop->stop();
  std::atomic<bool> over{false};
  std::thread closer([&] { impl_->end_connections_when_idle(over); });
  impl_->server->Shutdown(std::chrono::system_clock::now() + grace);
  over = true;
  closer.join();
}

std::string Server::metrics() const {
  return impl_->metrics.text();
}

}  // namespace kutip::service
