#include "service/cli/progress.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace kutip::cli {
namespace {

constexpr std::chrono::milliseconds kPause{100};
constexpr std::size_t kBarColumns = 30;

}  // namespace

Progress::Progress(std::size_t steps)
    : steps_(steps), shown_(steps > 1 && isatty(STDERR_FILENO) != 0), start_(Clock::now()), drawn_(start_) {}

Progress::~Progress() {
  pause();
}

void Progress::step() {
  ++done_;
  const auto now = Clock::now();
  if (shown_ && now - drawn_ >= kPause) draw(now);
}

void Progress::pause() {
  if (shown_) std::fputs("\r\x1b[K", stderr);
}

void Progress::draw(Clock::time_point now) {
  drawn_ = now;
  const std::size_t filled = kBarColumns * std::min(done_, steps_) / steps_;
  std::string bar;
  for (std::size_t i = 0; i < kBarColumns; ++i) bar += i < filled ? "█" : "░";
  const double seconds = std::chrono::duration<double>(now - start_).count();
  const double rate = static_cast<double>(done_) / seconds;
  const double left = static_cast<double>(steps_ - done_) / rate;
  std::fprintf(stderr, "\r%s %zu/%zu  %.0f/s  %.0f s left\x1b[K", bar.c_str(), done_, steps_, rate, left);
  std::fflush(stderr);
}

}  // namespace kutip::cli
