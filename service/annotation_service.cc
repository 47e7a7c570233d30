#include "service/annotation_service.h"

#include <optional>

#include "kutip/v1/annotation_service.grpc.pb.h"
#include "service/annotate_call.h"
#include "service/annotate_stream.h"
#include "service/describe.h"
#include "service/unary_call.h"

namespace kutip::service {
namespace {

using Generated = v1::AnnotationService;
using Raw = Generated::WithRawCallbackMethod_Annotate<
    Generated::WithRawCallbackMethod_BatchAnnotate<Generated::WithRawCallbackMethod_AnnotateStream<
        Generated::WithRawCallbackMethod_GetServerInfo<Generated::Service>>>>;

class Service final : public Raw {
 public:
  Service(const RulesHolder& rules, const Limits& limits) : rules_(rules), limits_(limits) {}

  grpc::ServerUnaryReactor* Annotate(grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
                                     grpc::ByteBuffer* out) override {
    return answer_unary<v1::AnnotateRequest, v1::AnnotateResponse>(
        context, in, out, [&](const auto& request, auto& response) {
          return annotate(rules_.current().get(), request, limits_, interruption_of(*context),
                          ThreadMemory::of_this_thread().call, response);
        });
  }

  grpc::ServerUnaryReactor* BatchAnnotate(grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
                                          grpc::ByteBuffer* out) override {
    return answer_unary<v1::BatchAnnotateRequest, v1::BatchAnnotateResponse>(
        context, in, out, [&](const auto& request, auto& response) {
          return batch_annotate(rules_.current().get(), request, limits_, interruption_of(*context),
                                ThreadMemory::of_this_thread().call, response);
        });
  }

  grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* AnnotateStream(
      grpc::CallbackServerContext* context) override {
    return make_annotate_stream(*context, rules_, limits_);
  }

  grpc::ServerUnaryReactor* GetServerInfo(grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
                                          grpc::ByteBuffer* out) override {
    return answer_unary<v1::GetServerInfoRequest, v1::GetServerInfoResponse>(
        context, in, out, [&](const auto&, auto& response) {
          describe_server(rules_.current().get(), limits_, response);
          return google::rpc::Status();
        });
  }

 private:
  const RulesHolder& rules_;
  const Limits limits_;
};

}  // namespace

std::unique_ptr<grpc::Service> make_annotation_service(const RulesHolder& rules, const Limits& limits) {
  return std::make_unique<Service>(rules, limits);
}

}  // namespace kutip::service
