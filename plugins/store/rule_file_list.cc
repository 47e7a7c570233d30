#include "store/rule_file_list.h"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <set>
#include <system_error>
#include <utility>

namespace kutip::store {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxFiles = 10'000;
constexpr std::size_t kMaxDepth = 16;
constexpr std::array<std::string_view, 4> kSuffixes = {".yaml", ".yml", ".tsv", ".txt"};

std::int64_t nanoseconds(const timespec& time) {
  return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

FileStamp stamp_of(const struct stat& status) {
  return {status.st_dev, status.st_ino, static_cast<std::uint64_t>(status.st_size), nanoseconds(status.st_mtim),
          nanoseconds(status.st_ctim)};
}

// Walks one rules folder; the first failure ends it.
class FolderWalk {
 public:
  bool walk(const fs::path& root) {
    std::error_code error;
    const fs::path canonical = fs::canonical(root, error);
    if (error) return fail(root, error.message());
    if (!fs::is_directory(canonical, error)) return fail(root, "is not a folder");
    canonical_root_ = canonical.string();
    open_folders_.insert(canonical_root_);
    return walk_folder(canonical, "", 0);
  }

  RuleFileList take_list() { return std::move(list_); }
  const std::string& failure() const { return failure_; }

 private:
  bool fail(const fs::path& path, std::string_view why) {
    failure_ = path.string() + ": " + std::string(why);
    return false;
  }

  bool is_inside(const fs::path& canonical) const {
    const std::string& path = canonical.string();
    return path.starts_with(canonical_root_) &&
           (path.size() == canonical_root_.size() || canonical_root_ == "/" || path[canonical_root_.size()] == '/');
  }

  // `prefix` is the folder's path below the root with a closing '/'.
  bool walk_folder(const fs::path& folder, const std::string& prefix, std::size_t depth) {
    if (depth > kMaxDepth) return fail(folder, "folders nested too deeply");
    // Links to folders that have links to folders make far more ways than folders.
    if (list_.folders.size() == kMaxFiles) return fail(folder, "more than " + std::to_string(kMaxFiles) + " folders");
    list_.folders.push_back(folder);
    std::vector<fs::path> paths;
    if (!entries_of(folder, paths)) return false;
    std::sort(paths.begin(), paths.end());  // so that of several failures the same one is told
    return std::all_of(paths.begin(), paths.end(), [&](const fs::path& path) {
      const std::string name = path.filename().string();
      return is_passed_over(name) || take_entry(path, prefix + name, depth);
    });
  }

  bool entries_of(const fs::path& folder, std::vector<fs::path>& paths) {
    std::error_code error;
    for (fs::directory_iterator entries(folder, error); !error && entries != fs::directory_iterator();
         entries.increment(error))
      paths.push_back(entries->path());
    return !error || fail(folder, error.message());
  }

  bool take_entry(const fs::path& path, const std::string& relative, std::size_t depth) {
    std::error_code error;
    if (fs::is_symlink(path, error)) list_.links.push_back(path);
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) return fail(path, std::generic_category().message(errno));
    const bool folder = S_ISDIR(status.st_mode);
    if (!folder && !is_rule_file(relative)) return true;
    if (!folder && !S_ISREG(status.st_mode)) return fail(path, "is not a regular file");
    const fs::path canonical = fs::canonical(path, error);
    if (error) return fail(path, error.message());
    if (!is_inside(canonical)) return fail(path, "is a link that leads out of the rules folder");
    if (!folder) return take_file(canonical, relative, stamp_of(status));
    if (!open_folders_.insert(canonical.string()).second) return fail(path, "is a link to a folder around it");
    const bool good = walk_folder(canonical, relative + "/", depth + 1);
    open_folders_.erase(canonical.string());
    return good;
  }

  bool take_file(const fs::path& file, const std::string& relative, const FileStamp& stamp) {
    if (list_.files.size() == kMaxFiles) return fail(file, "more than " + std::to_string(kMaxFiles) + " rule files");
    if (stamp.size > kMaxRuleFileBytes) return fail(file, "is larger than 64 MiB");
    list_.files.push_back({relative, file, stamp});
    return true;
  }

  std::string canonical_root_;
  std::set<std::string> open_folders_;
  RuleFileList list_;
  std::string failure_;
};

}  // namespace

std::variant<RuleFileList, ReadError> list_rule_files(const fs::path& folder) {
  FolderWalk walk;
  if (!walk.walk(folder)) return ReadError{walk.failure()};
  RuleFileList list = walk.take_list();
  std::sort(list.files.begin(), list.files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  return list;
}

// rules.yaml~ #rules.yaml# .rules.yaml.swp .#rules.yaml
bool is_passed_over(std::string_view name) {
  return name.starts_with('.') || name.ends_with('~') || name.ends_with(".swp") ||
         (name.starts_with('#') && name.ends_with('#'));
}

bool is_rule_file(std::string_view name) {
  return std::any_of(kSuffixes.begin(), kSuffixes.end(),
                     [name](std::string_view suffix) { return name.ends_with(suffix); });
}

}  // namespace kutip::store
