#include "service/rule_keeper.h"

#include <algorithm>
#include <thread>
#include <utility>
#include <variant>

#include "store/rules_folder.h"

namespace kutip::service {
namespace {

using std::chrono::milliseconds;
using store::RuleFilesPtr;
using store::Trial;

constexpr milliseconds kPatience{3'000};  // of those who asked for a reload

std::shared_ptr<const Trial> without_rules(Trial trial) {
  trial.rules = nullptr;
  return std::make_shared<const Trial>(std::move(trial));
}

void remove(std::vector<EarlierRules>& earlier, std::string_view digest) {
  std::erase_if(earlier, [digest](const EarlierRules& set) { return set.files->digest == digest; });
}

}  // namespace

RuleKeeper::RuleKeeper(RuleKeeperOptions options, RulesHolder& holder, StatusFeed& feed)
    : options_(std::move(options)), holder_(holder), feed_(feed) {}

void RuleKeeper::start() {
  std::vector<RuleFilesPtr> kept;
  if (!options_.state_folder.empty()) kept = store::StateFolder(options_.state_folder).load();
  Read read = Read::kDone;
  Trial trial = try_folder(kPatience, read, std::max(1U, std::thread::hardware_concurrency()));
  RulesStatus status;
  for (const RuleFilesPtr& files : kept) status.earlier.push_back({files, 0});
  if (trial.succeeded) {
    status.state = RulesState::kActive;
    activate(trial, status);
  } else {
    for (const RuleFilesPtr& files : kept) {
      Trial last_good = store::try_rules(files);
      if (!last_good.succeeded) continue;  // a newer program may refuse what an older one accepted
      status.state = RulesState::kLastGood;
      activate(last_good, status);
      break;
    }
  }
  status.last_attempt = without_rules(std::move(trial));
  publish(std::move(status));
}

RuleKeeper::Read RuleKeeper::follow_folder(milliseconds patience) {
  const auto read = store::read_settled(options_.folder, patience);
  if (std::holds_alternative<store::StillChanging>(read)) return Read::kStillChanging;
  const auto last = status()->last_attempt;
  if (const auto* error = std::get_if<store::ReadError>(&read)) {
    if (last == nullptr || last->folder_error != error->message) adopt(store::unreadable(error->message));
    return Read::kUnreadable;
  }
  const RuleFilesPtr& files = std::get<RuleFilesPtr>(read);
  if (last == nullptr || last->files == nullptr || last->files->digest != files->digest) adopt(store::try_rules(files));
  return Read::kDone;
}

std::shared_ptr<const Trial> RuleKeeper::reload(bool validate_only) {
  Read read = Read::kDone;
  Trial trial = try_folder(kPatience, read, 1);
  if (validate_only) return without_rules(std::move(trial));
  adopt(std::move(trial));
  return status()->last_attempt;
}

std::shared_ptr<const Trial> RuleKeeper::roll_back(std::string_view digest) {
  RulesStatus status = *this->status();
  const auto wanted = std::find_if(status.earlier.begin(), status.earlier.end(), [digest](const EarlierRules& set) {
    return digest.empty() || set.files->digest == digest;
  });
  if (wanted == status.earlier.end()) return nullptr;
  Trial trial = store::try_rules(wanted->files);
  if (trial.succeeded) {
    status.state = RulesState::kRolledBack;
    activate(trial, status);
    publish(std::move(status));
    keep();
  }
  return without_rules(std::move(trial));
}

bool RuleKeeper::free_retired() {
  return std::erase_if(retired_, [](const auto& rules) { return rules.use_count() == 1; }) != 0;
}

Trial RuleKeeper::try_folder(milliseconds patience, Read& read, unsigned threads) const {
  const auto files = store::read_settled(options_.folder, patience);
  if (const auto* settled = std::get_if<RuleFilesPtr>(&files)) return store::try_rules(*settled, threads);
  if (const auto* error = std::get_if<store::ReadError>(&files)) {
    read = Read::kUnreadable;
    return store::unreadable(error->message);
  }
  read = Read::kStillChanging;
  return store::unreadable(options_.folder.string() + ": its files keep changing");
}

void RuleKeeper::adopt(Trial trial) {
  RulesStatus status = *this->status();
  if (trial.succeeded) {
    status.state = RulesState::kActive;
    const bool is_new = status.active_files == nullptr || status.active_files->digest != trial.files->digest;
    if (is_new) activate(trial, status);
  } else {
    status.state = status.active == nullptr ? RulesState::kNotLoaded : RulesState::kLastGood;
  }
  status.last_attempt = without_rules(std::move(trial));
  publish(std::move(status));
  // After the fact, for a slow disk must not hold up what an editor waits for.
  keep();
}

// From here on calls are answered by the trial's rules.
void RuleKeeper::activate(Trial& trial, RulesStatus& status) {
  if (status.active != nullptr) {
    retired_.push_back(status.active);
    status.earlier.insert(status.earlier.begin(), {status.active_files, status.active->generation});
  }
  status.active = holder_.activate(std::move(trial.rules));
  status.active_files = trial.files;
  remove(status.earlier, trial.files->digest);
  if (status.earlier.size() > options_.max_earlier) status.earlier.resize(options_.max_earlier);
}

void RuleKeeper::publish(RulesStatus status) {
  kept_ = kept_ && status.active_files == this->status()->active_files;
  feed_.publish(std::make_shared<const RulesStatus>(std::move(status)));
}

void RuleKeeper::keep() {
  if (kept_ || options_.state_folder.empty()) return;
  RulesStatus status = *this->status();
  std::string error = keep_on_disk(status);
  kept_ = error.empty();
  if (error == status.state_folder_error) return;
  status.state_folder_error = std::move(error);
  publish(std::move(status));
}

std::string RuleKeeper::keep_on_disk(const RulesStatus& status) const {
  if (status.active_files == nullptr) return {};
  std::vector<RuleFilesPtr> sets = {status.active_files};
  for (const EarlierRules& set : status.earlier) sets.push_back(set.files);
  return store::StateFolder(options_.state_folder).keep(sets).value_or("");
}

}  // namespace kutip::service
