#pragma once

#include <filesystem>
#include <string_view>

namespace kutip::cli {

// Writes a file whole, beside its place first and then renamed, so that no reader sees half of it. False, with a
// message on standard error, if that fails.
bool write_file(const std::filesystem::path& path, std::string_view content);

}  // namespace kutip::cli
