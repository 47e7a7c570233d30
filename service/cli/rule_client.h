#pragma once

#include <functional>
#include <memory>
#include <string>

#include "google/rpc/status.pb.h"
#include "kutip/v1/rule_service.pb.h"

namespace kutip::cli {

// kutip.v1.RuleService of a running server. Each call returns code OK, or the error.
class RuleClient {
 public:
  // `address` as in gRPC: HOST:PORT, unix:PATH, dns:///…. Connects with the first call.
  explicit RuleClient(const std::string& address);
  ~RuleClient();

  google::rpc::Status status(v1::RulesetStatus& status);
  // The plugins, without their rules.
  google::rpc::Status plugins(v1::ListPluginsResponse& response);
  // Calls `each` for the status now and whenever it changes, until the server ends the call.
  google::rpc::Status watch(const std::function<void(const v1::RulesetStatus&)>& each);
  google::rpc::Status reload(const v1::ReloadRulesRequest& request, v1::ReloadRulesResponse& response);
  google::rpc::Status roll_back(const v1::RollbackRulesRequest& request, v1::RollbackRulesResponse& response);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kutip::cli
