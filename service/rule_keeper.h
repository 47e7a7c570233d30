#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "service/active_rules.h"
#include "service/rules_status.h"
#include "service/status_feed.h"
#include "store/state_folder.h"
#include "store/trial.h"

namespace kutip::service {

struct RuleKeeperOptions {
  std::filesystem::path folder;        // the rules
  std::filesystem::path state_folder;  // where active rules are kept over restarts; empty: nowhere
  std::size_t max_earlier = 5;         // sets to go back to; their files stay in memory
};

// Decides which rules are active: loads, keeps the last good ones, goes back to earlier ones. Every change is published
// in the feed. For one thread; what others may see of it is the feed.
class RuleKeeper {
 public:
  // `holder` and `feed` must outlive it.
  RuleKeeper(RuleKeeperOptions options, RulesHolder& holder, StatusFeed& feed);

  // Loads the folder; if its rules cannot be activated, the last good ones from the state folder. Leaves it to keep()
  // to write there, for whoever waits for the start need not wait for the disk.
  void start();

  enum class Read { kDone, kUnreadable, kStillChanging };
  // Loads the folder if it does not hold what was tried last. Waits for files that change at most `patience`; if they
  // still do, or the folder cannot be read, it is worth trying again.
  Read follow_folder(std::chrono::milliseconds patience);

  // Loads the folder. The result tells what became of it; with `validate_only` nothing else does.
  std::shared_ptr<const store::Trial> reload(bool validate_only);

  // Activates an earlier set; an empty digest: the latest. Null if there is none; a trial that did not succeed if this
  // program cannot load it any more.
  std::shared_ptr<const store::Trial> roll_back(std::string_view digest);

  RulesStatusPtr status() const { return feed_.current(); }

  // Frees rules that answer no call any more, here and not on the thread of the last call that they answered. True if
  // some were.
  bool free_retired();
  // Keeps the active rules on disk, if they are not there yet.
  void keep();

 private:
  // One thread where calls are answered meanwhile.
  store::Trial try_folder(std::chrono::milliseconds patience, Read& read, unsigned threads) const;
  void adopt(store::Trial trial);
  void activate(store::Trial& trial, RulesStatus& status);
  void publish(RulesStatus status);
  std::string keep_on_disk(const RulesStatus& status) const;

  const RuleKeeperOptions options_;
  RulesHolder& holder_;
  StatusFeed& feed_;
  std::vector<std::shared_ptr<const ActiveRules>> retired_;
  bool kept_ = true;  // the active rules are on disk, if they are to be
};

}  // namespace kutip::service
