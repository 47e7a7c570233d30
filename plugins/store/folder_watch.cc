#include "store/folder_watch.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <variant>

#include "store/link_chain.h"
#include "store/rule_file_list.h"

namespace kutip::store {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

constexpr milliseconds kBetweenLooks{500};             // without inotify
constexpr milliseconds kBetweenLooksNotified{10'000};  // with it

constexpr std::uint32_t kNames = IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF;
constexpr std::uint32_t kContents = IN_MODIFY | IN_CLOSE_WRITE | IN_ATTRIB;

}  // namespace

FolderWatch::FolderWatch(fs::path folder)
    : folder_(std::move(folder)),
      notifications_(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)),
      wakener_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
  notifies_ = notifications_.get() >= 0;
  watch_folders();
  look();
}

void FolderWatch::look_only() {
  notifies_ = false;
  notifications_ = Descriptor();
  watched_.clear();
  being_written_.clear();
  look();
}

FolderWatch::Event FolderWatch::wait(milliseconds timeout) {
  const auto until = Clock::now() + std::min(timeout, milliseconds(3'600'000));
  for (;;) {
    const auto now = Clock::now();
    if (now >= next_look_ && look()) return Event::kChanged;
    if (now >= until) return Event::kTimeout;
    const auto pause = std::chrono::ceil<milliseconds>(std::min(until, next_look_) - now);
    std::array<pollfd, 2> waited = {{{wakener_.get(), POLLIN, 0}, {notifications_.get(), POLLIN, 0}}};
    ::poll(waited.data(), notifies_ ? 2 : 1, static_cast<int>(std::max<std::int64_t>(0, pause.count())));
    std::uint64_t wakes = 0;
    if (::read(wakener_.get(), &wakes, sizeof wakes) > 0) return Event::kWoken;
    if (notifies_ && take_notifications()) return Event::kChanged;
  }
}

void FolderWatch::wake() {
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t written = ::write(wakener_.get(), &one, sizeof one);
}

std::map<fs::path, FolderWatch::Interest> FolderWatch::interests() const {
  std::map<fs::path, Interest> interests;
  const auto add_chain = [&](const fs::path& path) {
    for (const NameInFolder& link : link_chain(path)) interests[link.folder].names.insert(link.name);
  };
  add_chain(folder_);
  const auto list = list_rule_files(folder_);
  if (const auto* listed = std::get_if<RuleFileList>(&list)) {
    for (const fs::path& inside : listed->folders) interests[inside].all_names = true;
    for (const fs::path& link : listed->links) add_chain(link);
  } else {
    // What is wrong may be anywhere in it.
    std::error_code error;
    interests[fs::weakly_canonical(folder_, error)].all_names = true;
    for (fs::recursive_directory_iterator entries(folder_, error), end; !error && entries != end;
         entries.increment(error)) {
      std::error_code ignored;
      if (entries->is_directory(ignored)) interests[fs::weakly_canonical(entries->path(), ignored)].all_names = true;
      if (entries->is_symlink(ignored)) add_chain(entries->path());
    }
  }
  return interests;
}

// Watches what there is to watch now, and nothing else.
void FolderWatch::watch_folders() {
  if (!notifies_) return;
  const auto old = std::move(watched_);
  watched_.clear();
  for (const auto& [folder, interest] : interests()) {
    if (add_watch(folder, interest)) continue;
    look_only();
    return;
  }
  for (const auto& [watch, interest] : old)
    if (!watched_.contains(watch)) ::inotify_rm_watch(notifications_.get(), watch);
  std::erase_if(being_written_, [&](const auto& file) { return !watched_.contains(file.first); });
}

// False if there are no watches to be had any more.
bool FolderWatch::add_watch(const fs::path& folder, const Interest& interest) {
  const std::uint32_t mask = (interest.all_names ? kNames | kContents : kNames) | IN_ONLYDIR;
  const int watch = ::inotify_add_watch(notifications_.get(), folder.c_str(), mask);
  if (watch < 0) return errno != ENOSPC && errno != ENOMEM;  // it may be gone again, or closed to us
  Interest& known = watched_[watch];
  known.all_names |= interest.all_names;
  known.names.insert(interest.names.begin(), interest.names.end());
  return true;
}

bool FolderWatch::take_notifications() {
  bool relevant = false, names_changed = false;
  alignas(inotify_event) std::array<char, 1 << 14> buffer;
  for (;;) {
    const ssize_t size = ::read(notifications_.get(), buffer.data(), buffer.size());
    if (size <= 0) break;
    for (ssize_t at = 0; at < size;) {
      inotify_event event{};
      std::memcpy(&event, buffer.data() + at, sizeof event);
      const char* name_begin = buffer.data() + at + sizeof event;
      const std::string_view name(name_begin, ::strnlen(name_begin, event.len));
      at += static_cast<ssize_t>(sizeof event + event.len);
      if (event.mask & IN_IGNORED) continue;
      if (event.mask & IN_Q_OVERFLOW) being_written_.clear();
      if (!(event.mask & IN_Q_OVERFLOW) && !is_relevant(event.wd, name)) continue;
      relevant = true;
      names_changed |= (event.mask & ~kContents) != 0;
      note_writing(event.wd, name, event.mask);
    }
  }
  if (names_changed) watch_folders();
  return relevant;
}

bool FolderWatch::is_relevant(int watch, std::string_view name) const {
  const auto at = watched_.find(watch);
  if (at == watched_.end()) return false;
  if (name.empty() || at->second.names.contains(std::string(name))) return true;
  return at->second.all_names && !is_passed_over(name);
}

void FolderWatch::note_writing(int watch, std::string_view name, std::uint32_t mask) {
  if (!is_rule_file(name)) return;
  if (mask & IN_MODIFY) being_written_.emplace(watch, name);
  if (mask & (IN_CLOSE_WRITE | IN_DELETE | IN_MOVED_FROM)) being_written_.erase({watch, std::string(name)});
}

bool FolderWatch::look() {
  next_look_ = Clock::now() + (notifies_ ? kBetweenLooksNotified : kBetweenLooks);
  std::string now = seen_now();
  if (now == seen_) return false;
  seen_ = std::move(now);
  return true;
}

std::string FolderWatch::seen_now() const {
  const auto list = list_rule_files(folder_);
  if (const auto* error = std::get_if<ReadError>(&list)) return error->message;
  std::string seen;
  for (const ListedFile& file : std::get<RuleFileList>(list).files) {
    const FileStamp& stamp = file.stamp;
    seen += file.path + '\0' + file.file.string() + '\0';
    for (const std::uint64_t part : {stamp.device, stamp.inode, stamp.size, static_cast<std::uint64_t>(stamp.modified),
                                     static_cast<std::uint64_t>(stamp.changed)})
      seen += std::to_string(part) + ' ';
  }
  return seen;
}

}  // namespace kutip::store
