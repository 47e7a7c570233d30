#include "service/cli/write_file.h"

#include <cstdio>
#include <fstream>
#include <string>
#include <system_error>

namespace kutip::cli {

bool write_file(const std::filesystem::path& path, std::string_view content) {
  std::error_code error;
  const std::filesystem::path target = std::filesystem::weakly_canonical(path, error);
  std::filesystem::path beside = target;
  beside += ".kutip~";
  {
    std::ofstream out(beside, std::ios::binary);
    out << content;
    out.flush();
    if (!out) error = std::make_error_code(std::errc::io_error);
  }
  if (!error) std::filesystem::rename(beside, target, error);
  if (!error) return true;
  std::fprintf(stderr, "kutip: %s cannot be written: %s\n", path.c_str(), error.message().c_str());
  std::filesystem::remove(beside, error);
  return false;
}

}  // namespace kutip::cli
