#include "service/annotation_service.h"

#include "kutip/v1/annotation_service.grpc.pb.h"
#include "service/annotate_call.h"
#include "service/annotate_stream.h"
#include "service/describe.h"
#include "service/pooled_call.h"

namespace kutip::service {
namespace {

using google::rpc::Status;
using operation::Method;

using Generated = v1::AnnotationService;
using Raw = Generated::WithRawCallbackMethod_Annotate<
    Generated::WithRawCallbackMethod_BatchAnnotate<Generated::WithRawCallbackMethod_AnnotateStream<
        Generated::WithRawCallbackMethod_GetServerInfo<Generated::Service>>>>;

// Waking a thread costs as much as a short text.
constexpr int kTextsWorthAThread = 4;

std::size_t size_of(const v1::Document& document) {
  return document.has_text() ? document.text().size() : document.utf8().size();
}

class Service final : public Raw {
 public:
  explicit Service(const Serving& serving) : serving_(serving) {}

  grpc::ServerUnaryReactor* Annotate(grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
                                     grpc::ByteBuffer* out) override {
    return answer_by_pool<v1::AnnotateRequest, v1::AnnotateResponse>(
        serving_, Method::kAnnotate, context, in, out,
        [this](const v1::AnnotateRequest& request, v1::AnnotateResponse& response, const Interruption& interruption,
               const CallRecord&) {
          const auto rules = serving_.rules.current();
          Status status = annotate(rules.get(), request, serving_.limits, interruption,
                                   ThreadMemory::of_this_thread().call, response);
          serving_.metrics.text_answered(static_cast<google::rpc::Code>(status.code()), size_of(request.document()),
                                         response);
          return status;
        });
  }

  grpc::ServerUnaryReactor* BatchAnnotate(grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
                                          grpc::ByteBuffer* out) override {
    return answer_by_pool<v1::BatchAnnotateRequest, v1::BatchAnnotateResponse>(
        serving_, Method::kBatchAnnotate, context, in, out,
        [this](const v1::BatchAnnotateRequest& request, v1::BatchAnnotateResponse& response,
               const Interruption& interruption, const CallRecord& record) {
          const auto rules = serving_.rules.current();
          const Spread spread = [&](const BatchWork& work) {
            const auto most = static_cast<std::size_t>(request.documents_size() / kTextsWorthAThread);
            serving_.pool.run_together(record.client(), most, [&](const std::function<bool()>& go_on) {
              work(ThreadMemory::of_this_thread().call, go_on);
            });
          };
          Status status = batch_annotate(rules.get(), request, serving_.limits, interruption, spread, response);
          for (int i = 0; i < response.results_size(); ++i) {
            const v1::AnnotateResult& result = response.results(i);
            if (result.outcome_case() == v1::AnnotateResult::OUTCOME_NOT_SET) continue;  // the call ended before it
            serving_.metrics.text_answered(static_cast<google::rpc::Code>(result.error().code()),
                                           size_of(request.documents(i)), result.response());
          }
          return status;
        });
  }

  grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* AnnotateStream(
      grpc::CallbackServerContext* context) override {
    return make_annotate_stream(*context, serving_);
  }

  grpc::ServerUnaryReactor* GetServerInfo(grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
                                          grpc::ByteBuffer* out) override {
    const CallRecord record(serving_, Method::kGetServerInfo, *context, in->Length());
    const Status status = answer_bytes<v1::GetServerInfoRequest, v1::GetServerInfoResponse>(
        *in, *out, [this](const auto&, auto& response) {
          describe_server(serving_.rules.current().get(), serving_.limits, response);
          return Status();
        });
    record.end(status, is_ok(status) ? out->Length() : 0);
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    reactor->Finish(to_grpc(status));
    return reactor;
  }

 private:
  const Serving& serving_;
};

}  // namespace

std::unique_ptr<grpc::Service> make_annotation_service(const Serving& serving) {
  return std::make_unique<Service>(serving);
}

}  // namespace kutip::service
