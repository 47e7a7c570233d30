#pragma once

#include <algorithm>
#include <chrono>
#include <optional>

namespace kutip::store {

// How long to wait after a change before files are read.
struct QuietTimes {
  std::chrono::milliseconds quiet{200};      // without a further change
  std::chrono::milliseconds longest{3'000};  // after the first change, however many follow
  // As `longest`, while somebody holds a file open for writing: a large lexicon may come over a slow network.
  std::chrono::milliseconds longest_writing{10'000};
};

// Waits for quiet after changes. A value; knows no clock.
class QuietTime {
 public:
  using Time = std::chrono::steady_clock::time_point;

  explicit QuietTime(const QuietTimes& times) : times_(times) {}

  void changed(Time now) {
    if (!waiting_) first_ = now;
    waiting_ = true;
    last_ = now;
  }
  void clear() { waiting_ = false; }

  // When the files are to be read; nullopt: nothing changed since clear().
  std::optional<Time> due(bool writing) const {
    if (!waiting_) return std::nullopt;
    if (writing) return first_ + times_.longest_writing;
    return std::min(last_ + times_.quiet, first_ + times_.longest);
  }

 private:
  QuietTimes times_;
  bool waiting_ = false;
  Time first_, last_;
};

}  // namespace kutip::store
