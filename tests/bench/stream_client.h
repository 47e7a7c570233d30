#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace kutip::bench {

// Calls AnnotateStream once and sends texts on it, with a window, from one thread.
class StreamClient {
 public:
  // `requests` are serialised AnnotateStreamRequests, sent in turn.
  StreamClient(const std::string& address, const std::vector<std::string>& requests);
  ~StreamClient();

  // Keeps `in_flight` texts under way for `length` and returns answers a second. Exits the process if the stream fails.
  double texts_per_second(int in_flight, std::chrono::duration<double> length);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kutip::bench
