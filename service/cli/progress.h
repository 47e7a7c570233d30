#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace kutip::cli {

// A progress bar on standard error; nothing if that is no terminal, or for work of one step.
class Progress {
 public:
  explicit Progress(std::size_t steps);
  // Wipes the bar.
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // To be called after each step. Draws at most ten times a second.
  void step();
  // Wipes the bar until the next step, so that a message can be written.
  void pause();

 private:
  using Clock = std::chrono::steady_clock;
  void draw(Clock::time_point now);

  const std::size_t steps_;
  const bool shown_;
  const Clock::time_point start_;
  Clock::time_point drawn_;
  std::size_t done_ = 0;
};

}  // namespace kutip::cli
