#include "store/state_folder.h"

#include <algorithm>
#include <cstddef>
#include <system_error>

#include "store/atomic_file.h"
#include "store/rule_archive.h"

namespace kutip::store {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kHistory = "history";
constexpr std::string_view kSuffix = ".ruleset";
constexpr std::size_t kMaxArchiveBytes = std::size_t{1} << 30;
constexpr std::size_t kMaxHistoryBytes = 1 << 16;
constexpr std::size_t kDigestSize = 64;

bool is_digest(std::string_view text) {
  return text.size() == kDigestSize && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace

std::vector<RuleFilesPtr> StateFolder::load() const {
  std::vector<RuleFilesPtr> sets;
  for (const std::string& digest : history()) {
    const auto bytes = read_whole(file_of(digest), kMaxArchiveBytes);
    if (!bytes) continue;
    if (RuleFilesPtr set = unpack(*bytes, digest)) sets.push_back(std::move(set));
  }
  return sets;
}

std::optional<std::string> StateFolder::keep(std::span<const RuleFilesPtr> latest_first) const {
  std::error_code error;
  fs::create_directories(folder_, error);
  if (error) return folder_.string() + ": " + error.message();
  std::string digests;
  for (const RuleFilesPtr& set : latest_first) {
    digests += set->digest + "\n";
    // The latest is always written, for the one that is there may be damaged.
    if (set != latest_first.front() && fs::exists(file_of(set->digest), error)) continue;
    if (auto failure = write_atomically(file_of(set->digest), pack(*set))) return failure;
  }
  if (auto failure = write_atomically(folder_ / kHistory, digests)) return failure;
  remove_others(latest_first);
  return std::nullopt;
}

fs::path StateFolder::file_of(std::string_view digest) const {
  return folder_ / (std::string(digest) + std::string(kSuffix));
}

std::vector<std::string> StateFolder::history() const {
  const std::string text = read_whole(folder_ / kHistory, kMaxHistoryBytes).value_or("");
  std::vector<std::string> digests;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    // Anything else would be a path to who knows where.
    if (is_digest(std::string_view(text).substr(begin, end - begin)))
      digests.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return digests;
}

void StateFolder::remove_others(std::span<const RuleFilesPtr> kept) const {
  std::error_code error;
  std::vector<fs::path> others;
  for (fs::directory_iterator entries(folder_, error), end; !error && entries != end; entries.increment(error)) {
    const std::string name = entries->path().filename().string();
    const std::string digest = name.substr(0, std::min(name.size(), kDigestSize));
    if (!is_digest(digest) || name.compare(kDigestSize, kSuffix.size(), kSuffix) != 0) continue;
    const bool is_kept = name.size() == kDigestSize + kSuffix.size() &&
                         std::any_of(kept.begin(), kept.end(), [&](const auto& set) { return set->digest == digest; });
    if (!is_kept) others.push_back(entries->path());
  }
  for (const fs::path& other : others) fs::remove(other, error);
}

}  // namespace kutip::store
