#include <gtest/gtest.h>

#include <iostream>

#include "loading/load.h"
#include "store/rules_folder.h"
#include "support/has_errors.h"

namespace kutip {
namespace {

TEST(ShippedRules, LoadWithoutErrors) {
  const auto read = store::read_rules_folder(KUTIP_SOURCE_DIR "/rules");
  const auto* files = std::get_if<std::vector<loading::SourceFile>>(&read);
  ASSERT_NE(files, nullptr) << std::get<store::ReadError>(read).message;
  const loading::LoadResult result = loading::load(*files);
  for (const loading::Diagnostic& diagnostic : result.diagnostics)
    std::cout << loading::format_text(diagnostic, *files) << "\n";
  EXPECT_FALSE(support::has_errors(result.diagnostics));
  ASSERT_NE(result.rules, nullptr);
  EXPECT_NE(result.rules->grammar("id"), nullptr);
  EXPECT_NE(result.rules->grammar("en"), nullptr);
}

}  // namespace
}  // namespace kutip
