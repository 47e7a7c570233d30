#include "store/rules_folder.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <set>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace kutip::store {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxFileBytes = std::size_t{64} << 20;
constexpr std::size_t kMaxFiles = 10'000;
constexpr std::size_t kMaxDepth = 16;
constexpr std::array<std::string_view, 4> kSuffixes = {".yaml", ".yml", ".tsv", ".txt"};

// Hidden files, and those editors leave beside the one they write: rules.yaml~ #rules.yaml# .rules.yaml.swp
bool is_passed_over(std::string_view name) {
  return name.starts_with('.') || name.ends_with('~') || name.ends_with(".swp") ||
         (name.starts_with('#') && name.ends_with('#'));
}

bool is_rule_file(std::string_view name) {
  return std::any_of(kSuffixes.begin(), kSuffixes.end(),
                     [name](std::string_view suffix) { return name.ends_with(suffix); });
}

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

std::string system_message(int error) {
  return std::generic_category().message(error);
}

// Walks one rules folder; the first failure ends it.
class FolderReader {
 public:
  explicit FolderReader(fs::path root) : root_(std::move(root)) {}

  bool read() {
    std::error_code error;
    const fs::path canonical = fs::canonical(root_, error);
    if (error) return fail(root_, error.message());
    if (!fs::is_directory(canonical, error)) return fail(root_, "is not a folder");
    canonical_root_ = canonical.string();
    open_folders_.insert(canonical_root_);
    return read_folder(canonical, "", 0);
  }

  std::vector<loading::SourceFile> take_files() { return std::move(files_); }
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
  bool read_folder(const fs::path& folder, const std::string& prefix, std::size_t depth) {
    if (depth > kMaxDepth) return fail(folder, "folders nested too deeply");
    std::vector<fs::path> paths;
    if (!list(folder, paths)) return false;
    std::sort(paths.begin(), paths.end());  // so that of several failures the same one is told
    return std::all_of(paths.begin(), paths.end(), [&](const fs::path& path) {
      const std::string name = path.filename().string();
      return is_passed_over(name) || read_entry(path, prefix + name, depth);
    });
  }

  bool list(const fs::path& folder, std::vector<fs::path>& paths) {
    std::error_code error;
    for (fs::directory_iterator entries(folder, error); !error && entries != fs::directory_iterator();
         entries.increment(error))
      paths.push_back(entries->path());
    return !error || fail(folder, error.message());
  }

  bool read_entry(const fs::path& path, const std::string& relative, std::size_t depth) {
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (error) return fail(path, error.message());
    const bool folder = fs::is_directory(status);
    if (!folder && !is_rule_file(relative)) return true;
    if (!folder && !fs::is_regular_file(status)) return fail(path, "is not a regular file");
    const fs::path canonical = fs::canonical(path, error);
    if (error) return fail(path, error.message());
    if (!is_inside(canonical)) return fail(path, "is a link that leads out of the rules folder");
    if (!folder) return read_file(canonical, relative);
    if (!open_folders_.insert(canonical.string()).second) return fail(path, "is a link to a folder around it");
    const bool good = read_folder(canonical, relative + "/", depth + 1);
    open_folders_.erase(canonical.string());
    return good;
  }

  bool read_file(const fs::path& path, const std::string& relative) {
    if (files_.size() == kMaxFiles) return fail(path, "more than " + std::to_string(kMaxFiles) + " rule files");
    // The file may have been replaced since it was looked at: opening a FIFO must not wait for a writer.
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    if (file.get() < 0) return fail(path, system_message(errno));
    struct stat status {};
    if (::fstat(file.get(), &status) != 0) return fail(path, system_message(errno));
    if (!S_ISREG(status.st_mode)) return fail(path, "is not a regular file");
    const auto size = static_cast<std::size_t>(status.st_size);
    if (size > kMaxFileBytes) return fail(path, "is larger than 64 MiB");
    std::string content;
    content.reserve(size);
    return read_bytes(path, file, content) && keep(relative, std::move(content));
  }

  bool read_bytes(const fs::path& path, const Descriptor& file, std::string& content) {
    std::array<char, 1 << 16> buffer;
    for (;;) {
      const ssize_t count = ::read(file.get(), buffer.data(), buffer.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return fail(path, system_message(errno));
      if (count == 0) return true;
      if (content.size() + static_cast<std::size_t>(count) > kMaxFileBytes) return fail(path, "is larger than 64 MiB");
      content.append(buffer.data(), static_cast<std::size_t>(count));
    }
  }

  bool keep(const std::string& relative, std::string content) {
    files_.push_back({relative, std::move(content)});
    return true;
  }

  fs::path root_;
  std::string canonical_root_;
  std::set<std::string> open_folders_;
  std::vector<loading::SourceFile> files_;
  std::string failure_;
};

}  // namespace

std::variant<std::vector<loading::SourceFile>, ReadError> read_rules_folder(const fs::path& folder) {
  FolderReader reader(folder);
  if (!reader.read()) return ReadError{reader.failure()};
  std::vector<loading::SourceFile> files = reader.take_files();
  std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  return files;
}

}  // namespace kutip::store
