#include "service/operation/rule_counters.h"

#include "kutip/v1/annotation.pb.h"

namespace kutip::operation {

RuleCounters::RuleCounters(prometheus::Registry& registry)
    : family_(prometheus::BuildCounter()
                  .Name("kutip_rule_texts_total")
                  .Help("Texts in whose answers a rule had a part")
                  .Register(registry)) {}

void RuleCounters::text_answered(const v1::AnnotateResponse& response) {
  const std::lock_guard lock(mutex_);
  for (const v1::RuleRef& rule : response.rules()) counter_of(rule.plugin(), rule.rule_id()).Increment();
}

prometheus::Counter& RuleCounters::counter_of(const std::string& plugin, const std::string& rule) {
  const std::string name = plugin + "/" + rule;
  if (const auto known = counters_.find(name); known != counters_.end()) return *known->second;
  if (counters_.size() >= kMost) return family_.Add({{"plugin", ""}, {"rule", ""}});
  return *counters_.emplace(name, &family_.Add({{"plugin", plugin}, {"rule", rule}})).first->second;
}

}  // namespace kutip::operation
