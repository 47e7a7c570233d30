#pragma once

#include <atomic>
#include <cstdint>

namespace kutip::matching {

// A number never returned before in this process, to tell contents apart that stood at the same address. Thread-safe.
inline std::uint64_t new_version() {
  static std::atomic<std::uint64_t> last{0};
  return last.fetch_add(1, std::memory_order_relaxed) + 1;
}

}  // namespace kutip::matching
