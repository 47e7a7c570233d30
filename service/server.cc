#include "service/server.h"

#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/service_type.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/security/tls_certificate_provider.h>

#include <algorithm>
#include <atomic>
#include <cctype>
#include <optional>
#include <thread>

#include "kutip/v1/annotation_service.grpc.pb.h"
#include "service/annotation_service.h"
#include "service/endpoint.h"
#include "service/health_service.h"
#include "service/quiet_libraries.h"
#include "service/reloader.h"
#include "service/rule_service.h"

namespace kutip::service {
namespace {

void once_per_process() {
  static const bool done = [] {
    quiet_libraries();
    grpc::EnableDefaultHealthCheckService(false);
    grpc::reflection::InitProtoReflectionServerBuilderPlugin();
    return true;
  }();
  static_cast<void>(done);
}

// gRPC reads the files again when they change.
std::shared_ptr<grpc::ServerCredentials> tls_credentials(const access::CertificateFiles& files) {
  using grpc::experimental::FileWatcherCertificateProvider;
  constexpr unsigned kLookSeconds = 1;
  const auto provider =
      std::make_shared<FileWatcherCertificateProvider>(files.key, files.certificate, files.client_ca, kLookSeconds);
  grpc::experimental::TlsServerCredentialsOptions options(provider);
  options.watch_identity_key_cert_pairs();
  if (!files.client_ca.empty()) {
    options.watch_root_certs();
    options.set_cert_request_type(GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
  }
  return grpc::experimental::TlsServerCredentials(options);
}

struct LogCertificates {
  std::shared_ptr<operation::Log> log;
  void operator()(const std::string& error) const {
    if (error.empty()) {
      log->write(operation::LogLevel::kInfo, "new certificates serve");
    } else {
      log->write(operation::LogLevel::kError, "certificates are not taken, the last good ones stay: " + error);
    }
  }
};

bool is_local(const std::string& listen) {
  return listen.empty() || listen.starts_with("unix:") || listen.starts_with("127.") || listen.starts_with("[::1]:") ||
         listen.starts_with("localhost:");
}

// As gRPC has the keys of metadata, however a proxy writes them.
std::string in_small_letters(std::string key) {
  std::transform(key.begin(), key.end(), key.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return key;
}

// All that TLS needs, or nothing of it: who sets a part does not want to serve in the clear.
bool is_whole(const access::CertificateFiles& tls) {
  const bool pair = !tls.certificate.empty() && !tls.key.empty();
  return pair || (tls.certificate.empty() && tls.key.empty() && tls.client_ca.empty());
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
        serving{holder,
                options.tokens.get(),
                options.limits,
                in_small_letters(options.client_header),
                options.logged_calls,
                pool,
                metrics,
                *log,
                calls_under_way},
        annotation_service(make_annotation_service(serving)),
        rule_service(make_rule_service(holder, options.tokens.get(), options.limits, options.reloader)),
        reloader(options.reloader),
        tokens(options.tokens) {
    if (options.rule_metrics) metrics.count_rules();
    metrics.set_source([this] { return snapshot(); });
  }

  ~Impl() {
    // What has been opened when another thing could not be.
    for (Endpoint* endpoint : {calls.get(), rule_calls.get()})
      if (endpoint != nullptr) endpoint->shut_down(std::chrono::system_clock::now());
  }

  // Opens all addresses.
  std::optional<StartError> open(const ServerOptions& options);
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
  const std::shared_ptr<const access::Tokens> tokens;
  std::unique_ptr<access::Certificates> certificates;
  std::unique_ptr<Endpoint> calls, rule_calls;  // rule_calls: null if RuleService is not served apart
  std::unique_ptr<operation::MetricsListener> metrics_listener;
  std::atomic<bool> ending{false}, drained{false};
};

operation::Snapshot Server::Impl::snapshot() const {
  operation::Snapshot now;
  now.work = pool.figures();
  now.connections = calls->figures();
  now.serving = health.serving("");
  now.log_lines_dropped = log->dropped();
  if (reloader != nullptr) now.from_folder = reloader->feed().current()->state == RulesState::kActive;
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
  calls->end_connections();
  if (rule_calls) rule_calls->end_connections();
}

std::optional<StartError> Server::Impl::open(const ServerOptions& options) {
  std::shared_ptr<grpc::ServerCredentials> credentials = grpc::InsecureServerCredentials();
  if (!is_whole(options.tls))
    return StartError{
        "TLS needs tls_certificate and tls_key; without them nobody would ask for a client's certificate"};
  if (!options.tls.certificate.empty()) {
    std::string error;
    certificates = std::make_unique<access::Certificates>(options.tls, LogCertificates{log}, error);
    if (!error.empty()) return StartError{options.tls.certificate + ": " + error};
    credentials = tls_credentials(certificates->copies());
  }
  std::vector<grpc::Service*> services = {annotation_service.get(), &health.grpc_service()};
  // Whoever may call it may change what the server answers.
  const bool apart = !options.rules_listen.empty();
  if (!apart && is_local(options.listen)) services.push_back(rule_service.get());
  auto opened = Endpoint::open(options.listen, services, credentials, options);
  if (auto* error = std::get_if<StartError>(&opened)) return std::move(*error);
  calls = std::move(std::get<std::unique_ptr<Endpoint>>(opened));
  if (apart) {
    opened = Endpoint::open(options.rules_listen, {rule_service.get()}, credentials, options);
    if (auto* error = std::get_if<StartError>(&opened)) return std::move(*error);
    rule_calls = std::move(std::get<std::unique_ptr<Endpoint>>(opened));
  }
  if (!options.metrics_listen.empty()) {
    std::string error;
    metrics_listener = std::make_unique<operation::MetricsListener>(metrics, options.metrics_listen, error);
    if (!error.empty()) return StartError{error};
  }
  return std::nullopt;
}

std::variant<std::unique_ptr<Server>, StartError> Server::start(const ServerOptions& options,
                                                                const RulesHolder& rules) {
  once_per_process();
  auto impl = std::make_unique<Impl>(options, rules);
  if (auto error = impl->open(options)) return std::move(*error);
  auto server = std::unique_ptr<Server>(new Server(std::move(impl)));
  server->update_health();
  return server;
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Server::~Server() {
  drain(std::chrono::milliseconds(0));
}

const std::string& Server::address() const {
  return impl_->calls->address();
}

const std::string& Server::rules_address() const {
  return (impl_->rule_calls ? impl_->rule_calls : impl_->calls)->address();
}

std::shared_ptr<grpc::Channel> Server::in_process_channel() {
  return impl_->calls->server().InProcessChannel({});
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
  impl_->calls->stop_accepting();
  if (impl_->rule_calls) impl_->rule_calls->stop_accepting();
  std::atomic<bool> over{false};
  std::thread closer([&] { impl_->end_connections_when_idle(over); });
  const auto deadline = std::chrono::system_clock::now() + grace;
  impl_->calls->shut_down(deadline);
  if (impl_->rule_calls) impl_->rule_calls->shut_down(deadline);
  over = true;
  closer.join();
}

std::string Server::metrics() const {
  return impl_->metrics.text();
}

}  // namespace kutip::service
