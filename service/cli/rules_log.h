#pragma once

#include <memory>
#include <utility>

#include "service/operation/log.h"
#include "service/rules_status.h"

namespace kutip::cli {

// Tells in the log what becomes of the rules: which are active, and why others are not. To be subscribed to a
// StatusFeed.
class RulesLog {
 public:
  explicit RulesLog(std::shared_ptr<operation::Log> log) : log_(std::move(log)) {}
  void operator()(const service::RulesStatusPtr& status) const;

 private:
  std::shared_ptr<operation::Log> log_;
  // What was told before; shared, for an observer is copied.
  std::shared_ptr<service::RulesStatusPtr> told_ = std::make_shared<service::RulesStatusPtr>();
};

}  // namespace kutip::cli
