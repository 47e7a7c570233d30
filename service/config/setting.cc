#include "service/config/setting.h"

#include <algorithm>
#include <cctype>
#include <limits>
#include <utility>

#include "service/config/value.h"

namespace kutip::config {
namespace {

using std::chrono::milliseconds;

Setting text(std::string key, std::string kind, std::string help, std::string& value) {
  return {std::move(key), std::move(kind), std::move(help),
          [&value](std::string_view given) {
            value = given;
            return true;
          },
          [&value] { return value; }};
}

Setting some_text(std::string key, std::string kind, std::string help, std::string& value) {
  Setting out = text(std::move(key), std::move(kind), std::move(help), value);
  out.set = [set = out.set](std::string_view given) { return !given.empty() && set(given); };
  return out;
}

constexpr std::uint64_t kMostBytes = std::uint64_t{1} << 40;
// Each is a thread; more are a slip of the hand.
constexpr std::uint64_t kMostWorkers = 1024;

struct Range {
  std::uint64_t least = 1;
  std::uint64_t most = kMostBytes;
};

template <typename Number>
Setting number(std::string key, std::string kind, std::string help, Number& value, Range range,
               std::optional<std::uint64_t> (*read)(std::string_view), std::string (*show)(std::uint64_t)) {
  return {std::move(key), std::move(kind), std::move(help),
          [&value, range, read](std::string_view given) {
            const auto number = read(given);
            // gRPC takes its arguments as int.
            constexpr std::uint64_t kMost = sizeof(Number) == 4 ? std::numeric_limits<std::int32_t>::max() : kMostBytes;
            if (!number || *number < range.least || *number > std::min(range.most, kMost)) return false;
            value = static_cast<Number>(*number);
            return true;
          },
          [&value, show] { return show(value); }};
}

std::string show_count(std::uint64_t value) {
  return std::to_string(value);
}

template <typename Number>
Setting count(std::string key, std::string help, Number& value, Range range = {}) {
  return number(std::move(key), "N", std::move(help), value, range, read_count, show_count);
}

template <typename Number>
Setting bytes(std::string key, std::string help, Number& value) {
  return number(std::move(key), "BYTES", std::move(help), value, {}, read_bytes, show_bytes);
}

Setting duration(std::string key, std::string help, milliseconds& value, milliseconds least = milliseconds(1)) {
  return {std::move(key), "TIME", std::move(help),
          [&value, least](std::string_view given) {
            const auto read = read_duration(given);
            if (!read || *read < least) return false;
            value = *read;
            return true;
          },
          [&value] { return show_duration(value); }};
}

template <typename Enum>
Setting choice(std::string key, std::string help, Enum& value, std::vector<std::pair<std::string, Enum>> names) {
  std::string kind;
  for (const auto& [name, meaning] : names) kind += (kind.empty() ? "" : "|") + name;
  return {std::move(key), std::move(kind), std::move(help),
          [&value, names](std::string_view given) {
            for (const auto& [name, meaning] : names) {
              if (name != given) continue;
              value = meaning;
              return true;
            }
            return false;
          },
          [&value, names] {
            for (const auto& [name, meaning] : names)
              if (meaning == value) return name;
            return std::string();
          }};
}

void add_server_settings(Settings& settings, std::vector<Setting>& out) {
  service::ServerOptions& server = settings.server;
  out.push_back(some_text("listen", "ADDR", "Address: HOST:PORT or unix:PATH", server.listen));
  out.push_back(text("rules", "DIR", "Rules folder [./rules, else the installed one]", settings.rules));
  out.push_back(text("state_dir", "DIR", "Keeps active rules, for a start with rules that are broken; empty: nowhere",
                     settings.state_dir));
  out.push_back(choice<bool>("watch_rules", "Whether changes of the rules folder are followed without being asked",
                             settings.watch_rules, {{"yes", true}, {"no", false}}));
  out.push_back(
      text("metrics_listen", "HOST:PORT", "HTTP listener for Prometheus; empty: none", server.metrics_listen));
  out.push_back(choice<bool>("rule_metrics", "Whether texts are counted for each rule, too", server.rule_metrics,
                             {{"yes", true}, {"no", false}}));
  out.push_back(text("client_header", "NAME",
                     "Metadata that names the client, set by a proxy in front; empty: its address",
                     server.client_header));
}

void add_access_settings(Settings& settings, std::vector<Setting>& out) {
  service::ServerOptions& server = settings.server;
  out.push_back(
      text("rules_listen", "ADDR",
           "Address for RuleService alone; empty: it is on the other one, if that is loopback or a unix socket",
           server.rules_listen));
  out.push_back(
      text("tokens", "FILE", "Bearer tokens and what they allow; empty: everybody may call", settings.tokens));
  out.push_back(
      text("tls_certificate", "FILE", "Certificate and its chain, in PEM; empty: no TLS", server.tls.certificate));
  out.push_back(text("tls_key", "FILE", "Its key, in PEM", server.tls.key));
  out.push_back(text("tls_client_ca", "FILE", "Authority of the clients' certificates; empty: they need none",
                     server.tls.client_ca));
}

void add_work_settings(service::ServerOptions& server, std::vector<Setting>& out) {
  out.push_back(
      count("workers", "Threads that annotate; 0: as many as there are cores", server.work.workers, {0, kMostWorkers}));
  out.push_back(count("queue_calls", "Calls that may wait for a worker", server.work.queued_calls));
  out.push_back(bytes("queue_bytes", "Bytes of requests that may wait for a worker", server.work.queued_bytes));
  out.push_back(
      duration("queue_time", "Longest that a call may be expected to wait for a worker", server.work.queued_time));
  out.push_back(
      bytes("inline_bytes", "Largest request that an idle server answers without a worker", server.work.inline_bytes));
  out.push_back(bytes("max_text_bytes", "Longest text", server.limits.max_text_bytes));
  out.push_back(bytes("max_message_bytes", "Largest request message", server.limits.max_message_bytes));
  out.push_back(count("max_batch_documents", "Most documents in a batch", server.limits.max_batch_documents));
  out.push_back(count("max_annotations", "Most annotations in an answer", server.limits.max_annotations));
  out.push_back(duration("max_call_duration", "Longest time spent on a call, whatever its deadline",
                         server.limits.max_call_duration));
}

void add_connection_settings(service::ServerOptions& server, std::vector<Setting>& out) {
  service::ConnectionRules& rules = server.connection;
  out.push_back(count("max_connections", "Connections at once", server.connections.connections));
  out.push_back(count("max_connections_of_a_peer", "Connections at once from one address",
                      server.connections.connections_of_a_peer));
  out.push_back(count("max_streams", "Calls at once on a connection", rules.streams));
  out.push_back(bytes("max_metadata_bytes", "Metadata of a call", rules.metadata_bytes));
  out.push_back(bytes("max_buffer_bytes", "gRPC's buffers, of all connections together", server.memory_bytes));
  out.push_back(duration("handshake_timeout", "For a new connection to speak HTTP/2", rules.handshake));
  out.push_back(duration("keepalive_time", "Silence after which a peer is asked whether it is there", rules.keepalive));
  out.push_back(duration("keepalive_timeout", "For its answer", rules.keepalive_timeout));
  out.push_back(duration("min_ping_interval", "Between pings of a peer that has no call", rules.min_ping_interval));
  out.push_back(duration("max_connection_idle", "A connection without calls is closed then", rules.idle));
  out.push_back(duration("max_connection_age", "A peer is asked to connect anew then", rules.age));
  out.push_back(duration("max_connection_age_grace", "For the calls under way then", rules.age_grace));
}

void add_operation_settings(Settings& settings, std::vector<Setting>& out) {
  using operation::LogFormat;
  using operation::LogLevel;
  using service::LoggedCalls;
  constexpr milliseconds kNone{0};
  out.push_back(duration("drain_delay", "On SIGTERM: NOT_SERVING, but calls still taken", settings.drain_delay, kNone));
  out.push_back(duration("drain_grace", "On SIGTERM: for the calls under way", settings.drain_grace, kNone));
  out.push_back(choice<LogLevel>("log_level", "Least important lines that are logged", settings.log.level,
                                 {{"debug", LogLevel::kDebug},
                                  {"info", LogLevel::kInfo},
                                  {"warning", LogLevel::kWarning},
                                  {"error", LogLevel::kError},
                                  {"off", LogLevel::kOff}}));
  out.push_back(choice<LogFormat>("log_format", "How log lines look", settings.log.format,
                                  {{"text", LogFormat::kText}, {"json", LogFormat::kJson}}));
  out.push_back(choice<LoggedCalls>(
      "log_calls", "Calls that get a line", settings.server.logged_calls,
      {{"none", LoggedCalls::kNone}, {"failed", LoggedCalls::kFailed}, {"all", LoggedCalls::kAll}}));
}

}  // namespace

std::string Setting::flag() const {
  std::string out = "--" + key;
  std::replace(out.begin(), out.end(), '_', '-');
  return out;
}

std::string Setting::variable() const {
  std::string out = "KUTIP_" + key;
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return out;
}

std::vector<Setting> all_settings(Settings& settings) {
  std::vector<Setting> out;
  add_server_settings(settings, out);
  add_access_settings(settings, out);
  add_work_settings(settings.server, out);
  add_connection_settings(settings.server, out);
  add_operation_settings(settings, out);
  return out;
}

}  // namespace kutip::config
