#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace kutip::bench {

// Makes unary calls with many requests in flight from one thread.
class LoadClient {
 public:
  // `requests` are serialised requests of `method` of AnnotationService, sent in turn.
  LoadClient(const std::string& address, const std::string& method, const std::vector<std::string>& requests);
  ~LoadClient();

  // Keeps `in_flight` calls under way for `length` and returns finished calls a second. Exits the process if a call
  // fails.
  double calls_per_second(int in_flight, std::chrono::duration<double> length);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kutip::bench
