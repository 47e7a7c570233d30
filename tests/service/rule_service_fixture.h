#pragma once

#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "error_details.h"
#include "kutip/v1/annotation_service.grpc.pb.h"
#include "kutip/v1/rule_service.grpc.pb.h"
#include "service/reloader.h"
#include "service/server.h"
#include "support/event_plugin.h"
#include "support/temporary_folder.h"

namespace kutip::service {

using std::chrono::milliseconds;

inline ErrorDetails details_of(const grpc::Status& status) {
  google::rpc::Status rich;
  EXPECT_TRUE(rich.ParseFromString(status.error_details()));
  return service::details_of(rich);
}

inline v1::RulesetDiagnostics mistakes_of(const grpc::Status& status) {
  google::rpc::Status rich;
  EXPECT_TRUE(rich.ParseFromString(status.error_details()));
  v1::RulesetDiagnostics mistakes;
  for (const auto& detail : rich.details()) detail.UnpackTo(&mistakes);
  return mistakes;
}

// RuleService over a loopback port, on a rules folder that the tests edit.
class RuleServiceTest : public testing::Test {
 protected:
  RuleServiceTest() { write("pesta laut"); }
  ~RuleServiceTest() override { stop(); }

  // Rules that find `word`, and whose test wants them to find `tested`.
  void write(const std::string& word, std::string tested = {}) {
    if (tested.empty()) tested = word;
    for (const auto& [path, content] : support::event_plugin(word, tested)) folder_.write("rules/" + path, content);
  }

  // With `watch` a change is followed soon; else only when it is asked for.
  void start(bool watch = false, const Limits& limits = {}) {
    ReloaderOptions options;
    options.rules = {folder_ / "rules", folder_ / "state"};
    options.watch = watch;
    options.quiet = {milliseconds(20), milliseconds(500), milliseconds(2'000)};
    holder_ = std::make_unique<RulesHolder>();
    reloader_ = std::make_unique<Reloader>(options, *holder_);
    reloader_->start();
    auto started = Server::start({.listen = "127.0.0.1:0", .limits = limits, .reloader = reloader_.get()}, *holder_);
    ASSERT_TRUE(std::holds_alternative<std::unique_ptr<Server>>(started));
    server_ = std::move(std::get<std::unique_ptr<Server>>(started));
    const auto channel = grpc::CreateChannel(server_->address(), grpc::InsecureChannelCredentials());
    rules_ = v1::RuleService::NewStub(channel);
    annotation_ = v1::AnnotationService::NewStub(channel);
  }

  void stop() {
    server_.reset();
    reloader_.reset();
  }

  v1::RulesetStatus status() {
    grpc::ClientContext context;
    v1::GetRulesetStatusResponse response;
    EXPECT_TRUE(rules_->GetRulesetStatus(&context, {}, &response).ok());
    return response.status();
  }

  // The status once `wanted` holds; the latest after 20 s.
  v1::RulesetStatus status_when(const std::function<bool(const v1::RulesetStatus&)>& wanted) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    for (;;) {
      v1::RulesetStatus now = status();
      if (wanted(now) || std::chrono::steady_clock::now() > until) return now;
      std::this_thread::sleep_for(milliseconds(5));
    }
  }

  grpc::Status reload(v1::ReloadRulesResponse* response = nullptr, const std::string& expected = {},
                      bool validate_only = false) {
    grpc::ClientContext context;
    v1::ReloadRulesRequest request;
    request.set_expected_active_digest(expected);
    request.set_validate_only(validate_only);
    v1::ReloadRulesResponse ignored;
    return rules_->ReloadRules(&context, request, response == nullptr ? &ignored : response);
  }

  grpc::Status roll_back(const std::string& digest = {}, const std::string& expected = {},
                         v1::RollbackRulesResponse* response = nullptr) {
    grpc::ClientContext context;
    v1::RollbackRulesRequest request;
    request.set_digest(digest);
    request.set_expected_active_digest(expected);
    v1::RollbackRulesResponse ignored;
    return rules_->RollbackRules(&context, request, response == nullptr ? &ignored : response);
  }

  grpc::Status check(const v1::CheckRulesRequest& request, v1::CheckRulesResponse& response) {
    grpc::ClientContext context;
    return rules_->CheckRules(&context, request, &response);
  }

  // How many events the active rules find in a text.
  int events_in(const std::string& text) {
    grpc::ClientContext context;
    v1::AnnotateRequest request;
    request.mutable_document()->set_text(text);
    v1::AnnotateResponse response;
    EXPECT_TRUE(annotation_->Annotate(&context, request, &response).ok());
    return response.labels_size();
  }

  support::TemporaryFolder folder_;
  std::unique_ptr<RulesHolder> holder_;
  std::unique_ptr<Reloader> reloader_;
  std::unique_ptr<Server> server_;
  std::unique_ptr<v1::RuleService::Stub> rules_;
  std::unique_ptr<v1::AnnotationService::Stub> annotation_;
};

}  // namespace kutip::service
