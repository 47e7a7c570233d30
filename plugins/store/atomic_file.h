#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace kutip::store {

// Puts `content` into `file` such that, whenever the power goes, the file holds all of it or what it held before.
// A new file can be read by all, one that was there keeps its permissions. Writes FILE.tmp beside it on the way.
// Returns why it could not, with the file as it was; a sentence for people.
std::optional<std::string> write_atomically(const std::filesystem::path& file, std::string_view content);

// nullopt if it cannot be read or is larger than `max_bytes`.
std::optional<std::string> read_whole(const std::filesystem::path& file, std::size_t max_bytes);

}  // namespace kutip::store
