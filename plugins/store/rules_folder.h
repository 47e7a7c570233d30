#pragma once

#include <filesystem>
#include <string>
#include <variant>
#include <vector>

#include "loading/diagnostic.h"

namespace kutip::store {

// Why a rules folder cannot be read; a sentence for people.
struct ReadError {
  std::string message;
};

// Reads all rule files (*.yaml, *.yml, *.tsv, *.txt, not hidden ones, no editors' swap files) below `folder`, sorted by
// path. Refuses special files, links that lead outside, files over 64 MiB and more than 10,000 files. Follows symbolic
// links to folders inside.
std::variant<std::vector<loading::SourceFile>, ReadError> read_rules_folder(const std::filesystem::path& folder);

}  // namespace kutip::store
