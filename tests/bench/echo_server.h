#pragma once

#include <grpcpp/server.h>

#include <memory>
#include <string>
#include <vector>

namespace kutip::bench {

// Answers AnnotationService as the real server does - parses the request, builds and serialises a response - but takes
// the response from a list, by the number that is the request's document_id, instead of annotating. What remains is
// gRPC's cost.
class EchoServer {
 public:
  // `responses` are serialised AnnotateResponses. Listens on `address`; exits the process if it cannot.
  EchoServer(const std::string& address, std::vector<std::string> responses);
  ~EchoServer();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kutip::bench
