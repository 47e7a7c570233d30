#pragma once

#include <cstdint>
#include <functional>

namespace kutip::tagging {

// Asks the caller now and then whether to stop.
class Cancellation {
 public:
  explicit Cancellation(const std::function<bool()>& cancelled) : cancelled_(cancelled) {}

  // Asks at once.
  bool now() { return stopped_ = stopped_ || (cancelled_ && cancelled_()); }
  // Asks at every 256th call. For loops whose rounds cost about a microsecond.
  bool sometimes() { return (++calls_ & 0xFF) == 0 ? now() : stopped_; }

 private:
  const std::function<bool()>& cancelled_;
  std::uint32_t calls_ = 0;
  bool stopped_ = false;
};

}  // namespace kutip::tagging
