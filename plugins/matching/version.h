#pragma once

#include <atomic>
#include <cstdint>

namespace kutip::matching {

// A number never returned before in this process, to tell contents apart that stood at the same address. Thread-safe.
inline std::uint64_t new_version() {
  static std::atomic<std::uint64_t> last{0};
  return last.fetch_add(1, std::memory_order_relaxed) + 1;
}

// The same for codes. Never near 2^31: each is a rule that somebody loaded.
inline std::uint32_t new_code_id() {
  static std::atomic<std::uint32_t> last{0};
  return last.fetch_add(1, std::memory_order_relaxed) + 1;
}

}  // namespace kutip::matching
