#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "service/active_rules.h"
#include "store/rule_files.h"
#include "store/trial.h"

namespace kutip::service {

enum class RulesState : std::uint8_t {
  kNotLoaded,   // no rules answer
  kActive,      // those of the last attempt do
  kLastGood,    // the last attempt failed
  kRolledBack,  // somebody asked for earlier ones
};

// Rules that were active before and can be again.
struct EarlierRules {
  store::RuleFilesPtr files;
  std::uint32_t generation = 0;  // 0: in a process before this one
};

// Which rules answer, why, and what became of the last attempt to load others. Immutable.
struct RulesStatus {
  RulesState state = RulesState::kNotLoaded;
  std::shared_ptr<const ActiveRules> active;         // null: none
  store::RuleFilesPtr active_files;                  // what they were made of
  std::shared_ptr<const store::Trial> last_attempt;  // null: none; its `rules` were taken out
  std::vector<EarlierRules> earlier;                 // the latest first
  std::string state_folder_error;  // why they could not be kept on disk; empty: they are, or need not be
};
using RulesStatusPtr = std::shared_ptr<const RulesStatus>;

}  // namespace kutip::service
