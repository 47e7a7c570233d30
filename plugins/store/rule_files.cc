#include "store/rule_files.h"

#include <algorithm>
#include <utility>

#include "loading/digest.h"

namespace kutip::store {

RuleFilesPtr make_rule_files(std::vector<loading::SourceFile> files) {
  std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  std::string digest = loading::digest_of(files);
  return std::make_shared<const RuleFiles>(RuleFiles{std::move(files), std::move(digest)});
}

}  // namespace kutip::store
