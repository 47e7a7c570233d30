#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "store/rule_files.h"

namespace kutip::store {

// Rule sets that were active, on disk, so that a server whose rules are broken when it starts has the last good ones,
// and those before them to go back to. One DIGEST.ruleset a set, and `history`, their digests, the latest first; each
// is replaced as a whole, so a crash at any moment leaves the old state or the new one.
class StateFolder {
 public:
  explicit StateFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}

  // The sets that are whole, the latest first. Empty if there is no such folder.
  std::vector<RuleFilesPtr> load() const;

  // Makes `latest_first` what load() gives, and removes all others. Returns why it could not; load() then gives what it
  // gave before.
  std::optional<std::string> keep(std::span<const RuleFilesPtr> latest_first) const;

 private:
  std::filesystem::path file_of(std::string_view digest) const;
  std::vector<std::string> history() const;
  void remove_others(std::span<const RuleFilesPtr> kept) const;

  std::filesystem::path folder_;
};

}  // namespace kutip::store
