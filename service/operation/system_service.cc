#include "service/operation/system_service.h"

#include <systemd/sd-daemon.h>

#include <chrono>
#include <cstdint>
#include <utility>

namespace kutip::operation {
namespace {

// 0: there is no watchdog.
std::chrono::microseconds watchdog_interval() {
  std::uint64_t microseconds = 0;
  if (sd_watchdog_enabled(0, &microseconds) <= 0) return {};
  return std::chrono::microseconds(microseconds);
}

}  // namespace

void tell_ready() {
  sd_notify(0, "READY=1");
}

void tell_stopping() {
  sd_notify(0, "STOPPING=1");
}

Watchdog::Watchdog(std::function<bool()> alive) : alive_(std::move(alive)) {
  if (watchdog_interval().count() > 0) thread_ = std::thread([this] { run(); });
}

Watchdog::~Watchdog() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Watchdog::run() {
  const auto pause = watchdog_interval() / 2;
  std::unique_lock lock(mutex_);
  while (!wake_.wait_for(lock, pause, [this] { return ending_; })) {
    lock.unlock();
    if (alive_()) sd_notify(0, "WATCHDOG=1");
    lock.lock();
  }
}

}  // namespace kutip::operation
