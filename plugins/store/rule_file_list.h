#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace kutip::store {

// Why a rules folder cannot be read; a sentence for people.
struct ReadError {
  std::string message;
};

// What tells one content of a file from the next without reading it. Times in nanoseconds since the epoch.
struct FileStamp {
  std::uint64_t device = 0, inode = 0, size = 0;
  std::int64_t modified = 0, changed = 0;

  friend bool operator==(const FileStamp&, const FileStamp&) = default;
};

struct ListedFile {
  std::string path;            // below the rules folder, with '/'
  std::filesystem::path file;  // where it is, without links
  FileStamp stamp;

  friend bool operator==(const ListedFile&, const ListedFile&) = default;
};

struct RuleFileList {
  std::vector<ListedFile> files;               // sorted by path
  std::vector<std::filesystem::path> folders;  // all that were walked, without links, the rules folder among them
  std::vector<std::filesystem::path> links;    // symbolic links on the way to them, where they stand
};

// Lists the rule files (*.yaml, *.yml, *.tsv, *.txt, not hidden ones, no editors' swap files) below `folder`. Refuses
// special files, links that lead outside or nowhere, files over 64 MiB and more than 10,000 files or folders. Follows
// symbolic links to folders inside.
std::variant<RuleFileList, ReadError> list_rule_files(const std::filesystem::path& folder);

// Whether a file or folder of this name is no business of ours: hidden, or left by an editor beside the one it writes.
bool is_passed_over(std::string_view name);

// Whether the name or path ends as that of a rule file.
bool is_rule_file(std::string_view name);

inline constexpr std::size_t kMaxRuleFileBytes = std::size_t{64} << 20;

}  // namespace kutip::store
