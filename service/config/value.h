#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kutip::config {

// Values as people write them. Readers give nullopt for what is none.

// "4096", "64KiB", "4MiB", "1GiB".
std::optional<std::uint64_t> read_bytes(std::string_view text);
std::string show_bytes(std::uint64_t bytes);

// "250ms", "10s", "5m", "1h".
std::optional<std::chrono::milliseconds> read_duration(std::string_view text);
std::string show_duration(std::chrono::milliseconds duration);

// Decimal digits only.
std::optional<std::uint64_t> read_count(std::string_view text);

}  // namespace kutip::config
