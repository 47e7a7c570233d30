#pragma once

#include <memory>
#include <string>

#include "google/rpc/status.pb.h"
#include "kutip/v1/annotation_service.pb.h"
#include "tagging/rule_set.h"

namespace kutip::cli {

// Answers requests, in this process or over the wire; callers cannot tell which. Abstract because of these two.
class Annotator {
 public:
  virtual ~Annotator() = default;
  // Code OK, or the error.
  virtual google::rpc::Status annotate(const v1::AnnotateRequest& request, v1::AnnotateResponse& response) = 0;
};

std::unique_ptr<Annotator> make_local_annotator(std::shared_ptr<const tagging::RuleSet> rules);

// `address` as in gRPC: HOST:PORT, unix:PATH, dns:///…. Connects with the first call.
std::unique_ptr<Annotator> make_remote_annotator(const std::string& address);

}  // namespace kutip::cli
