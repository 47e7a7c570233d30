#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace kutip::operation {

// What systemd is told, if it started the process as a service of Type=notify; else nothing happens.
void tell_ready();
void tell_stopping();

// Feeds systemd's watchdog, if the service has one, for as long as `alive` says so: a server that hangs is started
// anew.
class Watchdog {
 public:
  // `alive` is called from the watchdog's thread, twice in each of its intervals.
  explicit Watchdog(std::function<bool()> alive);
  ~Watchdog();

 private:
  void run();

  const std::function<bool()> alive_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool ending_ = false;  // under mutex_
  std::thread thread_;
};

}  // namespace kutip::operation
