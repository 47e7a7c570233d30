#include "store/link_chain.h"

#include <deque>
#include <system_error>

namespace kutip::store {
namespace {

namespace fs = std::filesystem;

constexpr int kMaxLinks = 40;  // as the kernel

std::deque<std::string> names_of(const fs::path& path) {
  std::deque<std::string> names;
  for (const fs::path& part : path.relative_path())
    if (!part.empty() && part != ".") names.push_back(part.string());
  return names;
}

}  // namespace

std::vector<NameInFolder> link_chain(const fs::path& path) {
  std::vector<NameInFolder> chain;
  std::error_code error;
  fs::path folder = "/";
  std::deque<std::string> names = names_of(fs::absolute(path, error));
  int links = 0;
  while (!names.empty()) {
    const std::string name = std::move(names.front());
    names.pop_front();
    if (name == "..") {
      folder = folder.parent_path();
      continue;
    }
    chain.push_back({folder, name});
    const fs::path entry = folder / name;
    const fs::file_status status = fs::symlink_status(entry, error);
    if (error || !fs::exists(status)) break;
    if (!fs::is_symlink(status)) {
      folder = entry;
      continue;
    }
    const fs::path target = fs::read_symlink(entry, error);
    if (error || ++links > kMaxLinks) break;
    if (target.is_absolute()) folder = "/";
    std::deque<std::string> inserted = names_of(target);
    names.insert(names.begin(), inserted.begin(), inserted.end());
  }
  return chain;
}

}  // namespace kutip::store
