#pragma once

#include <memory>
#include <string>
#include <vector>

#include "loading/diagnostic.h"

namespace kutip::store {

// All files of a rules folder at one moment. Immutable; shared between the rule set that was made of them, the history
// and the state folder.
struct RuleFiles {
  std::vector<loading::SourceFile> files;  // sorted by path
  std::string digest;                      // loading::digest_of(files)
};
using RuleFilesPtr = std::shared_ptr<const RuleFiles>;

// Sorts the files and computes their digest. O(bytes).
RuleFilesPtr make_rule_files(std::vector<loading::SourceFile> files);

}  // namespace kutip::store
