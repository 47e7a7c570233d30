#pragma once

#include <filesystem>
#include <string_view>

namespace kutip::cli {

// Writes a file such that no reader ever sees half of it; a link stays one. False, with a message on standard error, if
// that fails.
bool write_file(const std::filesystem::path& path, std::string_view content);

}  // namespace kutip::cli
