#include "service/annotate_stream.h"

#include <utility>

#include "kutip/v1/annotation_service.pb.h"
#include "service/annotate_call.h"
#include "service/unary_call.h"

namespace kutip::service {
namespace {

class AnnotateStream final : public grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  AnnotateStream(grpc::CallbackServerContext& context, const RulesHolder& rules, const Limits& limits)
      : context_(context), rules_(rules), limits_(limits) {
    StartRead(&in_);
  }

  void OnReadDone(bool ok) override {
    if (!ok) {
      Finish(grpc::Status::OK);
      return;
    }
    v1::AnnotateStreamRequest request;
    if (!parse(in_, request)) {
      // A message that cannot be read has no request_id to answer to.
      Finish(to_grpc(malformed_request()));
      return;
    }
    v1::AnnotateStreamResponse response;
    if (google::rpc::Status status = answer(request, response); !is_ok(status)) {
      Finish(to_grpc(status));
      return;
    }
    out_ = serialize(response);
    StartWrite(&out_);
  }

  void OnWriteDone(bool ok) override {
    if (ok) {
      StartRead(&in_);
    } else {
      Finish(grpc::Status::CANCELLED);
    }
  }

  void OnDone() override { delete this; }

 private:
  // The call's own end (cancelled, deadline) is returned; a text's error goes into the response.
  google::rpc::Status answer(v1::AnnotateStreamRequest& request, v1::AnnotateStreamResponse& response) {
    if (request.has_options()) options_ = std::move(*request.mutable_options());
    response.set_request_id(std::move(*request.mutable_request_id()));
    v1::AnnotateResult& result = *response.mutable_result();
    const auto active = rules_.current();
    CallPlan plan;
    google::rpc::Status status = plan_call(active.get(), options_, limits_, plan);
    if (is_ok(status)) {
      status = annotate_document(plan, request.document(), limits_, interruption_of(context_),
                                 ThreadMemory::of_this_thread().call, *result.mutable_response());
    }
    if (is_ok(status)) return status;
    if (status.code() == google::rpc::CANCELLED || status.code() == google::rpc::DEADLINE_EXCEEDED) return status;
    *result.mutable_error() = std::move(status);
    return {};
  }

  grpc::CallbackServerContext& context_;
  const RulesHolder& rules_;
  const Limits limits_;
  v1::AnnotateOptions options_;
  grpc::ByteBuffer in_, out_;
};

}  // namespace

grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* make_annotate_stream(grpc::CallbackServerContext& context,
                                                                                  const RulesHolder& rules,
                                                                                  const Limits& limits) {
  return new AnnotateStream(context, rules, limits);
}

}  // namespace kutip::service
