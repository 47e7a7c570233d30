#include "bench/peers.h"

#include <sched.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>

#include "bench/bench_rules.h"
#include "bench/echo_server.h"
#include "service/annotate_call.h"
#include "service/operation/heap.h"
#include "service/server.h"
#include "support/generated_articles.h"

namespace kutip::bench {
namespace {

std::vector<std::string> texts() {
  if (const char* path = std::getenv("KUTIP_BENCH_ARTICLES")) {
    std::vector<std::string> all;
    std::ifstream lines(path);
    for (std::string line; std::getline(lines, line);) all.push_back(nlohmann::json::parse(line).at("text"));
    return all;
  }
  return support::generate_articles(support::indonesian_words(KUTIP_SOURCE_DIR "/rules"), 1200, 3250, 1);
}

Messages messages(const service::ActiveRules& rules, const std::vector<std::string>& articles) {
  Messages all;
  service::CallMemory memory;
  for (std::size_t i = 0; i < articles.size(); ++i) {
    v1::AnnotateRequest request;
    v1::AnnotateResponse response;
    request.mutable_document()->set_document_id(std::to_string(i));
    request.mutable_document()->set_utf8(articles[i]);
    request.mutable_document()->set_language_code("id");
    const auto status = service::annotate(
        &rules, request, {}, [] { return google::rpc::OK; }, memory, response);
    if (status.code() != google::rpc::OK) std::abort();
    all.requests.push_back(request.SerializeAsString());
    all.responses.push_back(response.SerializeAsString());
  }
  return all;
}

void pin_to_core(int core) {
  cpu_set_t cores;
  CPU_ZERO(&cores);
  CPU_SET(static_cast<std::size_t>(core), &cores);
  sched_setaffinity(0, sizeof cores, &cores);
}

// Runs `serve` in a process of its own until this one ends. gRPC must not have been used before.
pid_t in_child(const std::function<void()>& serve) {
  if (const pid_t child = fork(); child != 0) return child;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  pin_to_core(0);
  serve();
  for (;;) pause();
}

}  // namespace

const Peers& peers() {
  static const Peers running = [] {
    char name[] = "/tmp/kutip-bench-XXXXXX";
    Peers starting{mkdtemp(name), {}, 0};
    const auto articles = texts();
    static service::ActiveRules rules = load_rules({100'000, 0}, articles);
    starting.all = messages(rules, articles);
    starting.server = in_child([&] {
      operation::set_up_heap();
      static service::RulesHolder holder;
      holder.activate(rules.rules);
      service::ServerOptions options;
      options.listen = starting.kutip();
      options.work.queued_time = std::chrono::seconds(30);  // 64 batches of 64 texts are seconds of work
      static auto server = service::Server::start(options, holder);
      if (const auto* error = std::get_if<service::StartError>(&server)) {
        std::fprintf(stderr, "%s\n", error->message.c_str());
        std::exit(2);
      }
    });
    in_child([&] { static EchoServer server(starting.echo(), starting.all.responses); });
    pin_to_core(1);
    return starting;
  }();
  return running;
}

}  // namespace kutip::bench
