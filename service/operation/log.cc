#include "service/operation/log.h"

#include <spdlog/async.h>
#include <spdlog/async_logger.h>
#include <spdlog/sinks/base_sink.h>

#include <atomic>
#include <cstdio>
#include <mutex>
#include <nlohmann/json.hpp>

namespace kutip::operation {
namespace {

constexpr std::size_t kQueuedLines = 8192;

spdlog::level::level_enum to_spdlog(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug:
      return spdlog::level::debug;
    case LogLevel::kInfo:
      return spdlog::level::info;
    case LogLevel::kWarning:
      return spdlog::level::warn;
    case LogLevel::kError:
      return spdlog::level::err;
    case LogLevel::kOff:
      return spdlog::level::off;
  }
  return spdlog::level::off;
}

// A JSON string, with everything outside ASCII and all control characters escaped, ill-formed UTF-8 replaced.
std::string json_string(std::string_view text) {
  return nlohmann::json(std::string(text)).dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
}

std::string shown(const LogField& field) {
  if (const auto* text = std::get_if<std::string>(&field.value)) return json_string(*text);
  if (const auto* whole = std::get_if<std::int64_t>(&field.value)) return std::to_string(*whole);
  return nlohmann::json(std::get<double>(field.value)).dump();
}

// The part of the line behind time and level.
std::string rest_of_line(LogFormat format, std::string_view message, std::initializer_list<LogField> fields) {
  std::string out = format == LogFormat::kJson ? "\"message\":" + json_string(message) : std::string(message);
  for (const LogField& field : fields) {
    if (format == LogFormat::kJson) {
      out.append(",\"").append(field.name).append("\":").append(shown(field));
    } else {
      out.append(" ").append(field.name).append("=").append(shown(field));
    }
  }
  return out;
}

// Counts what standard error does not take, as on a full disk.
class StandardError final : public spdlog::sinks::base_sink<std::mutex> {
 public:
  std::uint64_t lost() const { return lost_; }

 private:
  void sink_it_(const spdlog::details::log_msg& message) override {
    spdlog::memory_buf_t line;
    formatter_->format(message, line);
    if (std::fwrite(line.data(), 1, line.size(), stderr) != line.size()) ++lost_;
  }
  void flush_() override { std::fflush(stderr); }

  std::atomic<std::uint64_t> lost_{0};
};

}  // namespace

struct Log::Impl {
  std::shared_ptr<spdlog::details::thread_pool> writer =
      std::make_shared<spdlog::details::thread_pool>(kQueuedLines, 1);
  std::shared_ptr<StandardError> sink = std::make_shared<StandardError>();
  std::shared_ptr<spdlog::async_logger> logger =
      std::make_shared<spdlog::async_logger>("kutip", sink, writer, spdlog::async_overflow_policy::overrun_oldest);
};

Log::Log(const LogOptions& options) : options_(options), impl_(std::make_unique<Impl>()) {
  impl_->logger->set_level(to_spdlog(options.level));
  impl_->logger->set_pattern(options.format == LogFormat::kJson ? R"({"time":"%Y-%m-%dT%H:%M:%S.%e%z","level":"%l",%v})"
                                                                : "%Y-%m-%dT%H:%M:%S.%e%z %l %v");
  impl_->logger->flush_on(spdlog::level::info);
}

Log::~Log() = default;

void Log::write(LogLevel level, std::string_view message, std::initializer_list<LogField> fields) {
  if (!writes(level)) return;
  const std::string line = rest_of_line(options_.format, message, fields);
  impl_->logger->log(to_spdlog(level), spdlog::string_view_t(line.data(), line.size()));
}

std::uint64_t Log::dropped() const {
  return impl_->writer->overrun_counter() + impl_->sink->lost();
}

}  // namespace kutip::operation
