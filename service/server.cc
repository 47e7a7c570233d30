#include "service/server.h"

#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/impl/service_type.h>

#include <atomic>

#include "service/annotation_service.h"
#include "service/quiet_libraries.h"
#include "service/rule_service.h"

namespace kutip::service {

struct Server::Impl {
  const RulesHolder& rules;
  std::unique_ptr<grpc::Service> annotation_service, rule_service;
  std::unique_ptr<grpc::Server> server;
  std::string address;
  std::atomic<bool> draining{false};
};

namespace {

void set_options(grpc::ServerBuilder& builder, const Limits& limits) {
  builder.SetMaxReceiveMessageSize(static_cast<int>(limits.max_message_bytes));
  builder.SetMaxSendMessageSize(-1);
  // A compressed message is unpacked before any limit applies, so a small one could take all memory.
  builder.SetCompressionAlgorithmSupportStatus(GRPC_COMPRESS_GZIP, false);
  builder.SetCompressionAlgorithmSupportStatus(GRPC_COMPRESS_DEFLATE, false);
  // Otherwise a second server on the same port would start and take half of the calls.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
}

std::string with_port(const std::string& listen, int port) {
  const auto colon = listen.rfind(':');
  if (listen.starts_with("unix:") || colon == std::string::npos) return listen;
  return listen.substr(0, colon + 1) + std::to_string(port);
}

}  // namespace

std::variant<std::unique_ptr<Server>, StartError> Server::start(const ServerOptions& options,
                                                                const RulesHolder& rules) {
  static const bool once = [] {
    quiet_libraries();
    grpc::EnableDefaultHealthCheckService(true);
    grpc::reflection::InitProtoReflectionServerBuilderPlugin();
    return true;
  }();
  static_cast<void>(once);

  auto impl = std::unique_ptr<Impl>(new Impl{rules, {}, {}, {}, options.listen});
  impl->annotation_service = make_annotation_service(rules, options.limits);
  impl->rule_service = make_rule_service(rules);

  grpc::ServerBuilder builder;
  set_options(builder, options.limits);
  builder.RegisterService(impl->annotation_service.get());
  builder.RegisterService(impl->rule_service.get());
  int port = -1;
  if (!options.listen.empty()) builder.AddListeningPort(options.listen, grpc::InsecureServerCredentials(), &port);
  impl->server = builder.BuildAndStart();
  if (impl->server == nullptr || port == 0) {
    return StartError{"cannot listen on " + options.listen +
                      ": the address is in use, not allowed or not an address like 127.0.0.1:50061 or unix:PATH"};
  }
  impl->address = with_port(options.listen, port);
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
  auto* health = impl_->server->GetHealthCheckService();
  const bool serving = !impl_->draining && impl_->rules.current() != nullptr;
  health->SetServingStatus("kutip.v1.AnnotationService", serving);
  health->SetServingStatus("kutip.v1.RuleService", !impl_->draining);
  health->SetServingStatus("", serving);
}

void Server::drain(std::chrono::milliseconds grace) {
  if (impl_->draining.exchange(true)) return;
  impl_->server->GetHealthCheckService()->Shutdown();
  impl_->server->Shutdown(std::chrono::system_clock::now() + grace);
}

}  // namespace kutip::service
