#include "service/operation/metrics.h"

#include <prometheus/collectable.h>
#include <prometheus/counter.h>
#include <prometheus/exposer.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <array>
#include <mutex>
#include <utility>

#include "kutip/v1/annotation.pb.h"
#include "service/operation/rule_counters.h"

namespace kutip::operation {
namespace {

using prometheus::Counter;
using prometheus::Family;
using prometheus::Gauge;
using prometheus::Histogram;

constexpr std::size_t kCodeCount = 17;  // of google.rpc.Code

// Seconds and bytes, by gRFC A66.
const Histogram::BucketBoundaries kSeconds = {0.0001, 0.0003, 0.0006, 0.001, 0.003, 0.006, 0.01, 0.03, 0.06,
                                              0.1,    0.3,    0.6,    1,     3,     6,     10,   30};
const Histogram::BucketBoundaries kBytes = {1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216};

template <typename Builder>
auto& family(prometheus::Registry& registry, Builder builder, const char* name, const char* help) {
  return builder.Name(name).Help(help).Register(registry);
}

Family<Counter>& counters(prometheus::Registry& registry, const char* name, const char* help) {
  return family(registry, prometheus::BuildCounter(), name, help);
}

Family<Histogram>& histograms(prometheus::Registry& registry, const char* name, const char* help) {
  return family(registry, prometheus::BuildHistogram(), name, help);
}

Gauge& gauge(prometheus::Registry& registry, const char* name, const char* help) {
  return family(registry, prometheus::BuildGauge(), name, help).Add({});
}

prometheus::Labels of(Method method) {
  return {{"grpc_method", std::string(name_of(method))}};
}

std::size_t index_of(google::rpc::Code code) {
  return code >= 0 && static_cast<std::size_t>(code) < kCodeCount ? static_cast<std::size_t>(code)
                                                                  : std::size_t{google::rpc::UNKNOWN};
}

// A counter of something that counts itself: takes over its value.
void follow(Counter& counter, std::uint64_t value) {
  counter.Increment(static_cast<double>(value) - counter.Value());
}

}  // namespace

std::string_view name_of(Method method) {
  constexpr std::array<std::string_view, kMethodCount> kNames = {
      "kutip.v1.AnnotationService/Annotate", "kutip.v1.AnnotationService/BatchAnnotate",
      "kutip.v1.AnnotationService/AnnotateStream", "kutip.v1.AnnotationService/GetServerInfo"};
  return kNames[static_cast<std::size_t>(method)];
}

struct Metrics::Impl final : prometheus::Collectable {
  prometheus::Registry registry;

  Family<Counter>& started = counters(registry, "grpc_server_call_started_total", "Calls that began");
  Family<Histogram>& duration =
      histograms(registry, "grpc_server_call_duration_seconds", "Time from a request's arrival to its answer");
  Family<Histogram>& received =
      histograms(registry, "grpc_server_call_rcvd_total_compressed_message_size_bytes", "Bytes of a call's requests");
  Family<Histogram>& sent =
      histograms(registry, "grpc_server_call_sent_total_compressed_message_size_bytes", "Bytes of a call's answers");
  Family<Counter>& refused = counters(registry, "kutip_refused_calls_total", "Calls refused for want of room");
  Family<Counter>& texts =
      counters(registry, "kutip_texts_total", "Texts, alone or in batches and streams, by outcome");
  Family<Counter>& annotations = counters(registry, "kutip_annotations_total", "Annotations in answers, by kind");
  Counter& text_bytes = counters(registry, "kutip_text_bytes_total", "Bytes of the texts annotated").Add({});

  Gauge& workers = gauge(registry, "kutip_workers", "Threads that annotate");
  Gauge& running = gauge(registry, "kutip_jobs_running", "Texts, batches and messages that are worked on");
  Gauge& queued = gauge(registry, "kutip_queue_length", "Texts, batches and messages that wait for a worker");
  Gauge& queued_bytes = gauge(registry, "kutip_queue_bytes", "Bytes of the requests that wait for a worker");
  Gauge& clients = gauge(registry, "kutip_clients", "Clients with something under way");
  Family<Counter>& jobs = counters(registry, "kutip_jobs_total", "Jobs by where they ran: inline or in the pool");
  Gauge& connections = gauge(registry, "kutip_connections", "Open connections, as of the last second");
  Family<Counter>& accepted = counters(registry, "kutip_connections_total", "Connections by outcome");
  Gauge& serving = gauge(registry, "kutip_serving", "1 while health is SERVING");
  Gauge& from_folder = gauge(registry, "kutip_ruleset_from_folder",
                             "1 while the rules folder's rules are active; 0: earlier ones, or none");
  Family<Gauge>& ruleset = family(registry, prometheus::BuildGauge(), "kutip_ruleset_info", "1 for the active ruleset");
  Gauge& generation =
      gauge(registry, "kutip_ruleset_generation", "How many rulesets were activated, this one included");
  Gauge& since = gauge(registry, "kutip_ruleset_active_since_seconds", "Unix time of the activation");
  Gauge& rules = gauge(registry, "kutip_ruleset_rules", "Rules of the active ruleset");
  Gauge& entries = gauge(registry, "kutip_ruleset_lexicon_entries", "Lexicon entries of the active ruleset");
  Counter& log_dropped = counters(registry, "kutip_log_lines_dropped_total",
                                  "Log lines lost: nobody read them in time, or the disk was full")
                             .Add({});

  struct Call {
    Counter* started = nullptr;
    std::array<Histogram*, kCodeCount> duration{};
    Histogram* received = nullptr;
    Histogram* sent = nullptr;
  };
  std::array<Call, kMethodCount> calls;
  std::unique_ptr<RuleCounters> rule_texts;  // null: not counted
  std::array<Counter*, kCodeCount> text_codes{};
  Counter& queue_full = refused.Add({{"reason", "OVERLOADED"}});
  Counter& client_limit = refused.Add({{"reason", "CLIENT_LIMIT"}});
  Counter& inline_jobs = jobs.Add({{"where", "inline"}});
  Counter& queued_jobs = jobs.Add({{"where", "pool"}});
  Counter& taken = accepted.Add({{"outcome", "accepted"}});
  Counter& over_limit = accepted.Add({{"outcome", "over_limit"}});
  Counter& no_descriptor = accepted.Add({{"outcome", "no_descriptor"}});
  Counter& quotes = annotations.Add({{"kind", "quote"}});
  Counter& persons = annotations.Add({{"kind", "person"}});
  Counter& organizations = annotations.Add({{"kind", "organization"}});
  Counter& labels = annotations.Add({{"kind", "label"}});

  mutable std::mutex mutex;
  std::function<Snapshot()> take;   // under mutex
  Gauge* active_ruleset = nullptr;  // under mutex
  std::string digest;               // under mutex

  Impl() {
    for (std::size_t i = 0; i < kMethodCount; ++i) {
      const auto method = static_cast<Method>(i);
      calls[i].started = &started.Add(of(method));
      calls[i].received = &received.Add(of(method), kBytes);
      calls[i].sent = &sent.Add(of(method), kBytes);
      for (std::size_t code = 0; code < kCodeCount; ++code) {
        prometheus::Labels labels_of_code = of(method);
        labels_of_code["grpc_status"] = google::rpc::Code_Name(static_cast<int>(code));
        calls[i].duration[code] = &duration.Add(labels_of_code, kSeconds);
      }
    }
    for (std::size_t code = 0; code < kCodeCount; ++code)
      text_codes[code] = &texts.Add({{"status", google::rpc::Code_Name(static_cast<int>(code))}});
  }

  void update() {
    const std::lock_guard lock(mutex);
    if (!take) return;
    const Snapshot now = take();
    workers.Set(now.work.workers);
    running.Set(static_cast<double>(now.work.running));
    queued.Set(static_cast<double>(now.work.queued));
    queued_bytes.Set(static_cast<double>(now.work.queued_bytes));
    clients.Set(static_cast<double>(now.work.clients));
    follow(inline_jobs, now.work.run_inline);
    follow(queued_jobs, now.work.run_queued);
    connections.Set(static_cast<double>(now.connections.open));
    follow(taken, now.connections.accepted);
    follow(over_limit, now.connections.refused);
    follow(no_descriptor, now.connections.out_of_descriptors);
    serving.Set(now.serving ? 1 : 0);
    from_folder.Set(now.from_folder ? 1 : 0);
    generation.Set(now.generation);
    since.Set(now.active_since);
    rules.Set(static_cast<double>(now.rules));
    entries.Set(static_cast<double>(now.lexicon_entries));
    follow(log_dropped, now.log_lines_dropped);
    if (now.digest == digest) return;
    if (active_ruleset != nullptr) ruleset.Remove(active_ruleset);
    digest = now.digest;
    active_ruleset = digest.empty() ? nullptr : &ruleset.Add({{"digest", digest}});
    if (active_ruleset != nullptr) active_ruleset->Set(1);
  }

  std::vector<prometheus::MetricFamily> Collect() const override {
    const_cast<Impl*>(this)->update();
    return registry.Collect();
  }
};

Metrics::Metrics() : impl_(std::make_shared<Impl>()) {}
Metrics::~Metrics() = default;

void Metrics::count_rules() {
  impl_->rule_texts = std::make_unique<RuleCounters>(impl_->registry);
}

void Metrics::call_started(Method method) {
  impl_->calls[static_cast<std::size_t>(method)].started->Increment();
}

void Metrics::call_ended(const CallEnd& end) {
  Impl::Call& call = impl_->calls[static_cast<std::size_t>(end.method)];
  call.duration[index_of(end.code)]->Observe(end.took.count());
  call.received->Observe(static_cast<double>(end.bytes_in));
  call.sent->Observe(static_cast<double>(end.bytes_out));
}

void Metrics::call_refused(work::Refusal reason) {
  (reason == work::Refusal::kQueueFull ? impl_->queue_full : impl_->client_limit).Increment();
}

void Metrics::text_answered(google::rpc::Code code, std::size_t bytes, const v1::AnnotateResponse& response) {
  impl_->text_codes[index_of(code)]->Increment();
  if (code != google::rpc::OK) return;
  impl_->text_bytes.Increment(static_cast<double>(bytes));
  if (impl_->rule_texts) impl_->rule_texts->text_answered(response);
  if (response.quotes_size() > 0) impl_->quotes.Increment(response.quotes_size());
  if (response.persons_size() > 0) impl_->persons.Increment(response.persons_size());
  if (response.organizations_size() > 0) impl_->organizations.Increment(response.organizations_size());
  if (response.labels_size() > 0) impl_->labels.Increment(response.labels_size());
}

void Metrics::set_source(std::function<Snapshot()> take) {
  const std::lock_guard lock(impl_->mutex);
  impl_->take = std::move(take);
}

std::string Metrics::text() const {
  return prometheus::TextSerializer().Serialize(impl_->Collect());
}

struct MetricsListener::Impl {
  explicit Impl(const std::string& address) : exposer(address, 2) {}
  prometheus::Exposer exposer;
};

MetricsListener::MetricsListener(const Metrics& metrics, const std::string& address, std::string& error) {
  try {
    impl_ = std::make_unique<Impl>(address);
    impl_->exposer.RegisterCollectable(metrics.impl_);
  } catch (const std::exception&) {  // its text does not say more
    error = "cannot serve metrics on " + address + ": the address is in use, not allowed or not HOST:PORT";
  }
}

MetricsListener::~MetricsListener() = default;

}  // namespace kutip::operation
