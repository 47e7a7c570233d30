#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <variant>
#include <vector>

#include "loading/load.h"
#include "store/rules_folder.h"

namespace kutip::service {

// The rules in tests/service/rules: plugin `mini` for id, plugin `tiny` for en. Null, with a failure, if they do not
// load.
inline std::shared_ptr<const tagging::RuleSet> sample_rules() {
  static const auto rules = [] {
    const auto read = store::read_rules_folder(KUTIP_SOURCE_DIR "/tests/service/rules");
    const auto* files = std::get_if<std::vector<loading::SourceFile>>(&read);
    if (files == nullptr) {
      ADD_FAILURE() << std::get<store::ReadError>(read).message;
      return std::shared_ptr<const tagging::RuleSet>();
    }
    const loading::LoadResult loaded = loading::load(*files);
    for (const auto& diagnostic : loaded.diagnostics) ADD_FAILURE() << loading::format_text(diagnostic, *files);
    return loaded.rules;
  }();
  return rules;
}

}  // namespace kutip::service
