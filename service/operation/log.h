#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

namespace kutip::operation {

enum class LogLevel : std::uint8_t { kDebug, kInfo, kWarning, kError, kOff };
enum class LogFormat : std::uint8_t { kText, kJson };

struct LogOptions {
  LogLevel level = LogLevel::kInfo;
  LogFormat format = LogFormat::kText;
};

struct LogField {
  std::string_view name;
  std::variant<std::string, std::int64_t, double> value;
};

// Writes lines to standard error: time, level, message, fields. Nothing of a document may go into one; values that come
// from callers are escaped. Thread-safe, and no call ever waits for it: a thread of its own writes, and when whoever
// reads is slower than that, or the disk is full, the oldest lines are dropped and counted.
class Log {
 public:
  explicit Log(const LogOptions& options);
  ~Log();

  void write(LogLevel level, std::string_view message, std::initializer_list<LogField> fields = {});
  bool writes(LogLevel level) const { return level >= options_.level && level != LogLevel::kOff; }
  // Lines that were lost.
  std::uint64_t dropped() const;

 private:
  struct Impl;
  const LogOptions options_;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kutip::operation
