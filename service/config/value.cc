#include "service/config/value.h"

#include <charconv>
#include <limits>
#include <span>
#include <utility>

namespace kutip::config {
namespace {

using Unit = std::pair<std::string_view, std::uint64_t>;

constexpr Unit kByteUnits[] = {{"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10}};
constexpr Unit kTimeUnits[] = {{"h", 3'600'000}, {"m", 60'000}, {"ms", 1}, {"s", 1'000}};

// A number and a unit, longest unit first where one ends like another.
std::optional<std::uint64_t> read_with_unit(std::string_view text, std::span<const Unit> units) {
  for (const auto& [name, factor] : units) {
    if (!text.ends_with(name)) continue;
    const auto number = read_count(text.substr(0, text.size() - name.size()));
    if (!number) continue;
    if (*number > std::numeric_limits<std::uint64_t>::max() / factor) return std::nullopt;
    return *number * factor;
  }
  return std::nullopt;
}

// In the largest unit that gives a whole number.
std::string show_with_unit(std::uint64_t value, std::span<const Unit> units, std::string_view otherwise) {
  std::uint64_t best = 1;
  std::string_view name = otherwise;
  for (const auto& [unit, factor] : units) {
    if (value > 0 && value % factor == 0 && factor >= best) {
      best = factor;
      name = unit;
    }
  }
  return std::to_string(value / best).append(name);
}

}  // namespace

std::optional<std::uint64_t> read_count(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<std::uint64_t> read_bytes(std::string_view text) {
  if (const auto plain = read_count(text)) return plain;
  return read_with_unit(text, kByteUnits);
}

std::string show_bytes(std::uint64_t bytes) {
  return show_with_unit(bytes, kByteUnits, "");
}

std::optional<std::chrono::milliseconds> read_duration(std::string_view text) {
  const auto value = read_with_unit(text, kTimeUnits);
  if (!value || *value > std::uint64_t{std::numeric_limits<std::int32_t>::max()}) return std::nullopt;
  return std::chrono::milliseconds(*value);
}

std::string show_duration(std::chrono::milliseconds duration) {
  return show_with_unit(static_cast<std::uint64_t>(duration.count()), kTimeUnits, "ms");
}

}  // namespace kutip::config
