#pragma once

#include <chrono>
#include <filesystem>
#include <variant>
#include <vector>

#include "loading/diagnostic.h"
#include "store/rule_file_list.h"
#include "store/rule_files.h"

namespace kutip::store {

// Reads all files that list_rule_files() finds, sorted by path. They need not be of one moment.
std::variant<std::vector<loading::SourceFile>, ReadError> read_rules_folder(const std::filesystem::path& folder);

// The folder's files were being changed for as long as one was ready to wait.
struct StillChanging {};

// Reads the files as they stood at one moment: no file came, went or changed from before the first byte was read until
// after the last. Reads again while files change, for at most `patience` and at least once.
std::variant<RuleFilesPtr, ReadError, StillChanging> read_settled(const std::filesystem::path& folder,
                                                                  std::chrono::milliseconds patience);

}  // namespace kutip::store
