#include "service/cli/write_file.h"

#include <cstdio>
#include <optional>
#include <string>
#include <system_error>

#include "store/atomic_file.h"

namespace kutip::cli {

bool write_file(const std::filesystem::path& path, std::string_view content) {
  std::error_code error;
  const std::filesystem::path target = std::filesystem::weakly_canonical(path, error);  // a link stays one
  const std::optional<std::string> why =
      error ? std::optional(error.message()) : store::write_atomically(target, content);
  if (!why) return true;
  std::fprintf(stderr, "kutip: %s cannot be written: %s\n", path.c_str(), why->c_str());
  return false;
}

}  // namespace kutip::cli
