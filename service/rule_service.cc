#include "service/rule_service.h"

#include <chrono>
#include <memory>
#include <new>
#include <utility>

#include "kutip/v1/rule_service.grpc.pb.h"
#include "service/authorize.h"
#include "service/describe.h"
#include "service/explain_call.h"
#include "service/explain_thread.h"
#include "service/rule_calls.h"
#include "service/rule_messages.h"
#include "service/ruleset_watch.h"
#include "service/unary_call.h"

namespace kutip::service {
namespace {

using access::Permission;

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

grpc::ServerUnaryReactor* finish(grpc::CallbackServerContext* context, const google::rpc::Status& status) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  reactor->Finish(to_grpc(status));
  return reactor;
}

class Service final : public Raw {
 public:
  Service(const RulesHolder& rules, const access::Tokens* tokens, const Limits& limits, Reloader* reloader)
      : rules_(rules), tokens_(tokens), limits_(limits), reloader_(reloader) {}

  grpc::ServerUnaryReactor* ListPlugins(grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
                                        grpc::ByteBuffer* out) override {
    if (auto denied = deny(context, Permission::kReadRules)) return denied;
    return answer_unary<v1::ListPluginsRequest, v1::ListPluginsResponse>(
        context, in, out, [&](const auto& request, auto& response) {
          if (reloader_ == nullptr) return list_plugins(rules_.current().get(), nullptr, request, response);
          const RulesStatusPtr status = reloader_->feed().current();
          return list_plugins(status->active.get(), status->active_files.get(), request, response);
        });
  }

  grpc::ServerUnaryReactor* GetRulesetStatus(grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
                                             grpc::ByteBuffer* out) override {
    if (auto denied = deny(context, Permission::kReadRules)) return denied;
    return answer_unary<v1::GetRulesetStatusRequest, v1::GetRulesetStatusResponse>(
        context, in, out, [&](const auto&, auto& response) {
          if (reloader_ != nullptr) {
            write_status(*reloader_->feed().current(), *response.mutable_status());
          } else {
            describe_ruleset(rules_.current().get(), *response.mutable_status());
          }
          return google::rpc::Status();
        });
  }

  grpc::ServerUnaryReactor* CheckRules(grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
                                       grpc::ByteBuffer* out) override {
    if (auto denied = deny(context, Permission::kReadRules)) return denied;
    return answer_later<v1::CheckRulesRequest, v1::CheckRulesResponse>(
        "CheckRules", context, in, out,
        [this](RuleKeeper& keeper, const auto& request, auto& response, const Interruption& interruption) {
          return check_rules(*keeper.status(), request, limits_, interruption, response);
        });
  }

  grpc::ServerUnaryReactor* ReloadRules(grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
                                        grpc::ByteBuffer* out) override {
    if (auto denied = deny(context, Permission::kChangeRules)) return denied;
    return answer_later<v1::ReloadRulesRequest, v1::ReloadRulesResponse>(
        "ReloadRules", context, in, out,
        [](RuleKeeper& keeper, const auto& request, auto& response, const Interruption&) {
          return reload_rules(keeper, request, response);
        });
  }

  grpc::ServerUnaryReactor* RollbackRules(grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
                                          grpc::ByteBuffer* out) override {
    if (auto denied = deny(context, Permission::kChangeRules)) return denied;
    return answer_later<v1::RollbackRulesRequest, v1::RollbackRulesResponse>(
        "RollbackRules", context, in, out,
        [](RuleKeeper& keeper, const auto& request, auto& response, const Interruption&) {
          return roll_back_rules(keeper, request, response);
        });
  }

  grpc::ServerWriteReactor<grpc::ByteBuffer>* WatchRuleset(grpc::CallbackServerContext* context,
                                                           const grpc::ByteBuffer* in) override {
    if (const auto denied = authorize(tokens_, *context, Permission::kReadRules); !is_ok(denied))
      return new Refusal(to_grpc(denied));
    if (reloader_ == nullptr) return new Refusal(to_grpc(not_implemented("WatchRuleset")));
    v1::WatchRulesetRequest request;
    if (!parse(*in, request)) return new Refusal(to_grpc(malformed_request()));
    return make_ruleset_watch(reloader_->feed());
  }

  grpc::ServerUnaryReactor* Explain(grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
                                    grpc::ByteBuffer* out) override {
    if (auto denied = deny(context, Permission::kReadRules)) return denied;
    if (reloader_ == nullptr) return finish(context, not_implemented("Explain"));
    return answer_on<v1::ExplainRequest, v1::ExplainResponse>(
        explaining_, context, in, out,
        [this](ExplainableRulesPtr& kept, const auto& request, auto& response, const Interruption& interruption) {
          return explain_text(*reloader_->feed().current(), request, limits_, interruption, kept, response);
        });
  }

 private:
  // Ends a call that its token does not allow; null: go on.
  grpc::ServerUnaryReactor* deny(grpc::CallbackServerContext* context, Permission permission) const {
    const google::rpc::Status denied = authorize(tokens_, *context, permission);
    return is_ok(denied) ? nullptr : finish(context, denied);
  }

  // Answers on the reloader's thread by `answer(keeper, request, response, interruption)`: what loads rules takes too
  // long for a thread that takes calls.
  template <typename Request, typename Response, typename Answer>
  grpc::ServerUnaryReactor* answer_later(const char* method, grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* in, grpc::ByteBuffer* out, Answer answer) {
    if (reloader_ == nullptr) return finish(context, not_implemented(method));
    return answer_on<Request, Response>(*reloader_, context, in, out, answer);
  }

  // Answers on a thread that takes jobs, by `answer(what the thread gives its jobs, request, response,
  // interruption)`.
  template <typename Request, typename Response, typename Thread, typename Answer>
  grpc::ServerUnaryReactor* answer_on(Thread& thread, grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
                                      grpc::ByteBuffer* out, Answer answer) {
    auto request = std::make_shared<Request>();
    if (!parse(*in, *request)) return finish(context, malformed_request());
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    const auto last = std::chrono::steady_clock::now() + limits_.max_call_duration;
    const bool posted = thread.post([request, reactor, context, out, answer, last](auto& given) {
      google::rpc::Status status;
      if (const google::rpc::Code code = interruption_of(*context)(); code != google::rpc::OK) {
        status = interrupted(code);
      } else {
        try {
          Response response;
          status = answer(given, std::as_const(*request), response, interruption_of(*context, last));
          if (is_ok(status)) *out = serialize(response);
        } catch (const std::bad_alloc&) {
          status = out_of_memory();
        }
      }
      reactor->Finish(to_grpc(status));
    });
    if (!posted)
      reactor->Finish(
          to_grpc(retry_later("OVERLOADED", "Too many calls about rules are waiting.", std::chrono::seconds(1))));
    return reactor;
  }

  const RulesHolder& rules_;
  const access::Tokens* const tokens_;
  const Limits limits_;
  Reloader* const reloader_;
  ExplainThread explaining_;  // last: its jobs use all of the above
};

}  // namespace

std::unique_ptr<grpc::Service> make_rule_service(const RulesHolder& rules, const access::Tokens* tokens,
                                                 const Limits& limits, Reloader* reloader) {
  return std::make_unique<Service>(rules, tokens, limits, reloader);
}

}  // namespace kutip::service
