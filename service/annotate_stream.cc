#include "service/annotate_stream.h"

#include <list>
#include <memory>
#include <mutex>
#include <new>
#include <utility>

#include "kutip/v1/annotation_service.pb.h"
#include "service/authorize.h"
#include "service/call_record.h"
#include "service/unary_call.h"

namespace kutip::service {
namespace {

using google::rpc::Status;

// Texts of one stream that are read, worked on or waiting to be written.
constexpr std::size_t kUnderWay = 8;

// A text on its way through.
struct Item {
  v1::AnnotateStreamRequest request;
  v1::AnnotateOptions options;  // those that hold for it
  std::size_t bytes = 0;
  grpc::ByteBuffer answer;
  bool ready = false;
};

class AnnotateStream final : public grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  AnnotateStream(grpc::CallbackServerContext& context, const Serving& serving)
      : serving_(serving),
        record_(serving, operation::Method::kAnnotateStream, context, 0),
        client_(record_.client()),
        failure_(authorize(serving.tokens, context, access::Permission::kAnnotate)) {
    const std::lock_guard lock(mutex_);
    go_on();
  }

  void OnReadDone(bool ok) override {
    Item* item = nullptr;
    {
      const std::lock_guard lock(mutex_);
      reading_ = false;
      if (ok) {
        item = take_in();
      } else {
        closed_ = true;
      }
      go_on();
    }
    if (item != nullptr) serving_.pool.submit_unbounded(client_, item->bytes, [this, item] { work_on(*item); });
  }

  void OnWriteDone(bool ok) override {
    const std::lock_guard lock(mutex_);
    writing_ = false;
    items_.erase(written_);
    if (!ok) fail(interrupted(google::rpc::CANCELLED));
    go_on();
  }

  void OnCancel() override {
    const std::lock_guard lock(mutex_);
    fail(interrupted(record_.interruption_by_caller()()));
    go_on();
  }

  void OnDone() override {
    { const std::lock_guard lock(mutex_); }  // the worker that finished the call has left
    delete this;
  }

 private:
  // mutex_ is held, as for all below but work_on() and answer(). Null: the stream ends.
  Item* take_in() {
    auto item = std::make_unique<Item>();
    item->bytes = in_.Length();
    bytes_in_ += item->bytes;
    // Here and not by a worker, for the options of one text hold for the next. A message that cannot be read has no
    // request_id to answer to, so it ends the stream.
    if (!parse(in_, item->request)) {
      fail(malformed_request());
      return nullptr;
    }
    in_.Clear();
    if (first_) unordered_ = item->request.unordered();
    first_ = false;
    if (item->request.has_options()) options_ = std::move(*item->request.mutable_options());
    item->options = options_;
    ++working_;
    items_.push_back(std::move(item));
    return items_.back().get();
  }

  void work_on(Item& item) {
    Status status;
    try {
      google::protobuf::Arena arena(ThreadMemory::of_this_thread().arena_options());
      auto& response = *google::protobuf::Arena::CreateMessage<v1::AnnotateStreamResponse>(&arena);
      status = answer(item, response);
      if (is_ok(status)) item.answer = serialize(response);
    } catch (const std::bad_alloc&) {
      status = out_of_memory();
    }
    const std::lock_guard lock(mutex_);
    --working_;
    item.ready = true;
    if (!is_ok(status)) fail(std::move(status));
    go_on();
  }

  // The call's own end (cancelled, deadline) is returned; a text's error goes into the response.
  Status answer(Item& item, v1::AnnotateStreamResponse& response) const {
    const Interruption by_caller = record_.interruption_by_caller();
    // A stream may go on for ever, a text of it not.
    const auto last = std::chrono::steady_clock::now() + serving_.limits.max_call_duration;
    const Interruption interruption = [&] {
      return std::chrono::steady_clock::now() >= last ? google::rpc::DEADLINE_EXCEEDED : by_caller();
    };
    response.set_request_id(std::move(*item.request.mutable_request_id()));
    v1::AnnotateResult& result = *response.mutable_result();
    const auto active = serving_.rules.current();
    CallPlan plan;
    Status status = plan_call(active.get(), item.options, serving_.limits, plan);
    if (is_ok(status)) {
      status = annotate_document(plan, item.request.document(), serving_.limits, interruption,
                                 ThreadMemory::of_this_thread().call, *result.mutable_response());
    }
    serving_.metrics.text_answered(static_cast<google::rpc::Code>(status.code()), item.bytes, result.response());
    if (is_ok(status)) return status;
    if (const google::rpc::Code end = by_caller(); end != google::rpc::OK) return interrupted(end);
    *result.mutable_error() = std::move(status);
    return {};
  }

  void fail(Status status) {
    if (is_ok(failure_)) failure_ = std::move(status);
  }

  // Does what can be done next: end, write, read.
  void go_on() {
    if (finished_) return;
    const bool failed = !is_ok(failure_);
    if (working_ == 0 && !writing_ && (failed || (closed_ && items_.empty()))) {
      finished_ = true;
      record_.end(failure_, bytes_in_, bytes_out_);
      Finish(to_grpc(failure_));
      return;
    }
    if (failed) return;
    if (!writing_) write_next();
    if (!reading_ && !closed_ && items_.size() < kUnderWay) {
      reading_ = true;
      StartRead(&in_);
    }
  }

  void write_next() {
    auto next = items_.begin();
    if (unordered_) {
      while (next != items_.end() && !(*next)->ready) ++next;
    }
    if (next == items_.end() || !(*next)->ready) return;
    writing_ = true;
    written_ = next;
    bytes_out_ += (*next)->answer.Length();
    StartWrite(&(*next)->answer);
  }

  using Items = std::list<std::unique_ptr<Item>>;

  const Serving& serving_;
  const CallRecord record_;
  const work::Client client_;
  grpc::ByteBuffer in_;

  std::mutex mutex_;
  v1::AnnotateOptions options_;
  Items items_;              // in the order they came
  Items::iterator written_;  // the one that is being written
  std::size_t working_ = 0;  // of items_
  std::size_t bytes_in_ = 0, bytes_out_ = 0;
  Status failure_;
  bool first_ = true, unordered_ = false;
  bool reading_ = false, writing_ = false, closed_ = false, finished_ = false;
};

}  // namespace

grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* make_annotate_stream(grpc::CallbackServerContext& context,
                                                                                  const Serving& serving) {
  return new AnnotateStream(context, serving);
}

}  // namespace kutip::service
