#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "store/descriptor.h"

namespace kutip::store {

// Tells when a rules folder may have changed: files and folders in it; the folder itself, or one it stands in, renamed,
// removed or made again; symbolic links on the way turned elsewhere. Uses inotify, and looks at the files' stamps now
// and then, since network file systems notify of nothing, and oftener where inotify cannot be had.
// wake() may be called from any thread, all else from one.
class FolderWatch {
 public:
  explicit FolderWatch(std::filesystem::path folder);

  enum class Event { kTimeout, kWoken, kChanged };
  Event wait(std::chrono::milliseconds timeout);
  void wake();

  // Whether somebody has written to a rule file and not closed it yet.
  bool someone_writes() const { return !being_written_.empty(); }
  // Whether all depends on looking at the files.
  bool looks_only() const { return !notifies_; }
  // As if the system had no inotify. For tests.
  void look_only();

 private:
  using Clock = std::chrono::steady_clock;
  // What matters in one watched folder.
  struct Interest {
    bool all_names = false;
    std::set<std::string> names;
  };

  std::map<std::filesystem::path, Interest> interests() const;
  void watch_folders();
  bool add_watch(const std::filesystem::path& folder, const Interest& interest);
  bool take_notifications();
  bool is_relevant(int watch, std::string_view name) const;
  void note_writing(int watch, std::string_view name, std::uint32_t mask);
  bool look();
  std::string seen_now() const;

  std::filesystem::path folder_;
  Descriptor notifications_, wakener_;
  bool notifies_ = true;
  std::map<int, Interest> watched_;                      // by watch descriptor
  std::set<std::pair<int, std::string>> being_written_;  // watch descriptor, name
  Clock::time_point next_look_;
  std::string seen_;  // all paths and stamps at the last look
};

}  // namespace kutip::store
