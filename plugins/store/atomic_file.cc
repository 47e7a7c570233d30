#include "store/atomic_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

#include "store/descriptor.h"

namespace kutip::store {
namespace {

namespace fs = std::filesystem;

std::string failure(const fs::path& path) {
  return path.string() + ": " + std::generic_category().message(errno);
}

bool write_all(int fd, std::string_view content) {
  while (!content.empty()) {
    const ssize_t count = ::write(fd, content.data(), content.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    content.remove_prefix(static_cast<std::size_t>(count));
  }
  return ::fsync(fd) == 0;
}

// Gives the file of `fd` the permissions that `like` has, if there is one.
bool take_mode(int fd, const fs::path& like) {
  struct stat status {};
  return ::stat(like.c_str(), &status) != 0 || ::fchmod(fd, status.st_mode & 07777) == 0;
}

}  // namespace

std::optional<std::string> write_atomically(const fs::path& file, std::string_view content) {
  const fs::path temporary = file.string() + ".tmp";
  {
    const Descriptor out(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
    if (out.get() < 0) return failure(temporary);
    if (!take_mode(out.get(), file) || !write_all(out.get(), content)) {
      std::string why = failure(temporary);
      ::unlink(temporary.c_str());
      return why;
    }
  }
  if (::rename(temporary.c_str(), file.c_str()) != 0) return failure(file);
  // The new name is durable when the folder is.
  const fs::path parent = file.has_parent_path() ? file.parent_path() : ".";
  const Descriptor folder(::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.get() < 0 || ::fsync(folder.get()) != 0) return failure(parent);
  return std::nullopt;
}

std::optional<std::string> read_whole(const fs::path& file, std::size_t max_bytes) {
  const Descriptor in(::open(file.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  struct stat status {};
  if (in.get() < 0 || ::fstat(in.get(), &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
  std::string content;
  std::array<char, 1 << 16> buffer;
  for (;;) {
    const ssize_t count = ::read(in.get(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 || content.size() > max_bytes) return std::nullopt;
    if (count == 0) return content;
    content.append(buffer.data(), static_cast<std::size_t>(count));
  }
}

}  // namespace kutip::store
