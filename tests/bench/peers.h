#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace kutip::bench {

struct Messages {
  std::vector<std::string> requests, responses;  // serialised AnnotateRequests and their answers
};

// Kutip with all shipped rules and a gazetteer of 100,000 entries, and a server that echoes the same messages: each in
// a process of its own on one core, until this one ends. The caller's process stays on the other core.
struct Peers {
  std::string directory;
  Messages all;
  pid_t server = 0;  // Kutip's process

  std::string kutip() const { return "unix:" + directory + "/kutip.sock"; }
  std::string echo() const { return "unix:" + directory + "/echo.sock"; }
};

// Started by the first call, before which gRPC must not have been used. Articles are generated ones, or those of the
// JSON Lines file that the variable KUTIP_BENCH_ARTICLES names.
const Peers& peers();

}  // namespace kutip::bench
