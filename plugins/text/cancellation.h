#pragma once

#include <cstdint>
#include <functional>

namespace kutip::text {

// Asks the caller now and then whether to stop.
class Cancellation {
 public:
  // Never stops.
  Cancellation() = default;
  // Stops once `cancelled`, which must outlive it, says so; an empty one never does.
  explicit Cancellation(const std::function<bool()>& cancelled) : cancelled_(cancelled ? &cancelled : nullptr) {}

  // Asks at once.
  bool now() { return stopped_ = stopped_ || (cancelled_ != nullptr && (*cancelled_)()); }
  // Asks at every 256th call. For loops whose rounds cost at most a microsecond or so.
  bool sometimes() { return (++calls_ & 0xFF) == 0 ? now() : stopped_; }

 private:
  const std::function<bool()>* cancelled_ = nullptr;
  std::uint32_t calls_ = 0;
  bool stopped_ = false;
};

}  // namespace kutip::text
