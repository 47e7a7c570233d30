#include "service/rule_service.h"

#include "kutip/v1/rule_service.grpc.pb.h"
#include "service/describe.h"
#include "service/unary_call.h"

namespace kutip::service {
namespace {

using Generated = v1::RuleService;
using Raw = Generated::WithRawCallbackMethod_ListPlugins<Generated::WithRawCallbackMethod_GetRulesetStatus<
    Generated::WithRawCallbackMethod_CheckRules<Generated::WithRawCallbackMethod_ReloadRules<
        Generated::WithRawCallbackMethod_RollbackRules<Generated::WithRawCallbackMethod_WatchRuleset<
            Generated::WithRawCallbackMethod_Explain<Generated::Service>>>>>>>;

// Ends a stream before its first message.
class Refusal final : public grpc::ServerWriteReactor<grpc::ByteBuffer> {
 public:
  explicit Refusal(const grpc::Status& status) { Finish(status); }
  void OnDone() override { delete this; }
};

grpc::ServerUnaryReactor* refuse(grpc::CallbackServerContext* context, std::string_view method) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  reactor->Finish(to_grpc(not_implemented(method)));
  return reactor;
}

class Service final : public Raw {
 public:
  explicit Service(const RulesHolder& rules) : rules_(rules) {}

  grpc::ServerUnaryReactor* ListPlugins(grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
                                        grpc::ByteBuffer* out) override {
    return answer_unary<v1::ListPluginsRequest, v1::ListPluginsResponse>(
        context, in, out,
        [&](const auto& request, auto& response) { return list_plugins(rules_.current().get(), request, response); });
  }

  grpc::ServerUnaryReactor* GetRulesetStatus(grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
                                             grpc::ByteBuffer* out) override {
    return answer_unary<v1::GetRulesetStatusRequest, v1::GetRulesetStatusResponse>(
        context, in, out, [&](const auto&, auto& response) {
          describe_ruleset(rules_.current().get(), *response.mutable_status());
          return google::rpc::Status();
        });
  }

  grpc::ServerUnaryReactor* CheckRules(grpc::CallbackServerContext* context, const grpc::ByteBuffer*,
                                       grpc::ByteBuffer*) override {
    return refuse(context, "CheckRules");
  }
  grpc::ServerUnaryReactor* ReloadRules(grpc::CallbackServerContext* context, const grpc::ByteBuffer*,
                                        grpc::ByteBuffer*) override {
    return refuse(context, "ReloadRules");
  }
  grpc::ServerUnaryReactor* RollbackRules(grpc::CallbackServerContext* context, const grpc::ByteBuffer*,
                                          grpc::ByteBuffer*) override {
    return refuse(context, "RollbackRules");
  }
  grpc::ServerWriteReactor<grpc::ByteBuffer>* WatchRuleset(grpc::CallbackServerContext*,
                                                           const grpc::ByteBuffer*) override {
    return new Refusal(to_grpc(not_implemented("WatchRuleset")));
  }
  grpc::ServerUnaryReactor* Explain(grpc::CallbackServerContext* context, const grpc::ByteBuffer*,
                                    grpc::ByteBuffer*) override {
    return refuse(context, "Explain");
  }

 private:
  const RulesHolder& rules_;
};

}  // namespace

std::unique_ptr<grpc::Service> make_rule_service(const RulesHolder& rules) {
  return std::make_unique<Service>(rules);
}

}  // namespace kutip::service
