#include "store/rules_folder.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
#include <string>
#include <system_error>
#include <thread>
#include <utility>

#include "store/descriptor.h"

namespace kutip::store {
namespace {

namespace fs = std::filesystem;
using Files = std::vector<loading::SourceFile>;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds kBetweenReads{20};
// Two changes of a file within one tick of the kernel's clock (at most 10 ms) leave the same stamp.
constexpr std::int64_t kTickNanoseconds = 10'000'000;

ReadError failure(const fs::path& path, std::string_view why) {
  return {path.string() + ": " + std::string(why)};
}

ReadError system_failure(const fs::path& path) {
  return failure(path, std::generic_category().message(errno));
}

std::optional<ReadError> read_bytes(const fs::path& path, const Descriptor& file, std::string& content) {
  std::array<char, 1 << 16> buffer;
  for (;;) {
    const ssize_t count = ::read(file.get(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return system_failure(path);
    if (count == 0) return std::nullopt;
    if (content.size() + static_cast<std::size_t>(count) > kMaxRuleFileBytes)
      return failure(path, "is larger than 64 MiB");
    content.append(buffer.data(), static_cast<std::size_t>(count));
  }
}

std::optional<ReadError> read_file(const ListedFile& listed, Files& files) {
  // The file may have been replaced since it was listed: opening a FIFO must not wait for a writer.
  const Descriptor file(::open(listed.file.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  if (file.get() < 0) return system_failure(listed.file);
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) return system_failure(listed.file);
  if (!S_ISREG(status.st_mode)) return failure(listed.file, "is not a regular file");
  std::string content;
  content.reserve(listed.stamp.size);
  if (auto error = read_bytes(listed.file, file, content)) return error;
  files.push_back({listed.path, std::move(content)});
  return std::nullopt;
}

std::variant<Files, ReadError> read_listed(const RuleFileList& list) {
  Files files;
  files.reserve(list.files.size());
  for (const ListedFile& listed : list.files)
    if (auto error = read_file(listed, files)) return std::move(*error);
  return files;
}

// Whether a file changed so short a time ago that its next change might leave the same stamp.
bool just_changed(const RuleFileList& list) {
  timespec time{};
  ::clock_gettime(CLOCK_REALTIME, &time);
  const std::int64_t now = std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
  return std::any_of(list.files.begin(), list.files.end(), [now](const ListedFile& file) {
    const std::int64_t last = std::max(file.stamp.modified, file.stamp.changed);
    return last <= now && now - last < kTickNanoseconds;
  });
}

std::variant<RuleFilesPtr, ReadError, StillChanging> read_once(const fs::path& folder) {
  const auto before = list_rule_files(folder);
  const auto* listed = std::get_if<RuleFileList>(&before);
  if (listed == nullptr) return std::get<ReadError>(before);
  if (just_changed(*listed)) return StillChanging{};
  auto read = read_listed(*listed);
  const auto after = list_rule_files(folder);
  const auto* relisted = std::get_if<RuleFileList>(&after);
  if (relisted == nullptr || relisted->files != listed->files) return StillChanging{};
  if (auto* error = std::get_if<ReadError>(&read)) return std::move(*error);
  return make_rule_files(std::move(std::get<Files>(read)));
}

}  // namespace

std::variant<Files, ReadError> read_rules_folder(const fs::path& folder) {
  const auto list = list_rule_files(folder);
  if (const auto* error = std::get_if<ReadError>(&list)) return *error;
  return read_listed(std::get<RuleFileList>(list));
}

std::variant<RuleFilesPtr, ReadError, StillChanging> read_settled(const fs::path& folder, milliseconds patience) {
  const auto until = steady_clock::now() + patience;
  for (;;) {
    auto read = read_once(folder);
    if (!std::holds_alternative<StillChanging>(read) || steady_clock::now() >= until) return read;
    std::this_thread::sleep_for(kBetweenReads);
  }
}

}  // namespace kutip::store
