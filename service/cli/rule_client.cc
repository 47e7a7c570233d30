#include "service/cli/rule_client.h"

#include <grpcpp/grpcpp.h>

#include <chrono>

#include "kutip/v1/rule_service.grpc.pb.h"
#include "service/cli/grpc_status.h"
#include "service/quiet_libraries.h"

namespace kutip::cli {
namespace {

constexpr std::chrono::seconds kConnectTime{2};
constexpr std::chrono::seconds kCallTime{120};

}  // namespace

struct RuleClient::Impl {
  std::string address;
  std::shared_ptr<grpc::Channel> channel;
  std::unique_ptr<v1::RuleService::Stub> stub;

  // Calls `method` with a context of its own, or says that no server answers.
  template <typename Method>
  google::rpc::Status call(Method method) {
    if (!channel->WaitForConnected(std::chrono::system_clock::now() + kConnectTime))
      return from_grpc({grpc::StatusCode::UNAVAILABLE, "no server answers at " + address});
    grpc::ClientContext context;
    return from_grpc(method(context));
  }
  template <typename Method>
  google::rpc::Status call_unary(Method method) {
    return call([&](grpc::ClientContext& context) {
      context.set_deadline(std::chrono::system_clock::now() + kCallTime);
      return method(context);
    });
  }
};

RuleClient::RuleClient(const std::string& address) : impl_(std::make_unique<Impl>()) {
  service::quiet_libraries();
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(-1);
  impl_->address = address;
  impl_->channel = grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments);
  impl_->stub = v1::RuleService::NewStub(impl_->channel);
}

RuleClient::~RuleClient() = default;

google::rpc::Status RuleClient::status(v1::RulesetStatus& status) {
  v1::GetRulesetStatusResponse response;
  google::rpc::Status result =
      impl_->call_unary([&](auto& context) { return impl_->stub->GetRulesetStatus(&context, {}, &response); });
  status = std::move(*response.mutable_status());
  return result;
}

google::rpc::Status RuleClient::plugins(v1::ListPluginsResponse& response) {
  return impl_->call_unary([&](auto& context) { return impl_->stub->ListPlugins(&context, {}, &response); });
}

google::rpc::Status RuleClient::watch(const std::function<void(const v1::RulesetStatus&)>& each) {
  return impl_->call([&](auto& context) {
    const auto stream = impl_->stub->WatchRuleset(&context, {});
    for (v1::WatchRulesetResponse response; stream->Read(&response);) each(response.status());
    return stream->Finish();
  });
}

google::rpc::Status RuleClient::reload(const v1::ReloadRulesRequest& request, v1::ReloadRulesResponse& response) {
  return impl_->call_unary([&](auto& context) { return impl_->stub->ReloadRules(&context, request, &response); });
}

google::rpc::Status RuleClient::roll_back(const v1::RollbackRulesRequest& request,
                                          v1::RollbackRulesResponse& response) {
  return impl_->call_unary([&](auto& context) { return impl_->stub->RollbackRules(&context, request, &response); });
}

}  // namespace kutip::cli
