#include "service/ruleset_watch.h"

#include <memory>
#include <mutex>
#include <utility>

#include "kutip/v1/rule_service.pb.h"
#include "service/errors.h"
#include "service/raw_message.h"
#include "service/rule_messages.h"

namespace kutip::service {
namespace {

grpc::ByteBuffer to_buffer(const RulesStatus& status) {
  v1::WatchRulesetResponse response;
  write_status(status, *response.mutable_status());
  return serialize(response);
}

class RulesetWatch final : public grpc::ServerWriteReactor<grpc::ByteBuffer> {
 public:
  explicit RulesetWatch(StatusFeed& feed) : link_(std::make_shared<Link>()) {
    link_->watch = this;
    subscription_ = feed.subscribe([link = link_](const RulesStatusPtr& status) {
      const std::lock_guard lock(link->mutex);
      if (link->watch == nullptr) return;
      if (status == nullptr) {
        link->watch->finish(to_grpc(error(google::rpc::UNAVAILABLE, "SHUTTING_DOWN", "The server is ending.")));
      } else {
        link->watch->offer(status);
      }
    });
    const std::lock_guard lock(link_->mutex);
    offer(feed.current());
  }

  void OnWriteDone(bool ok) override {
    const std::lock_guard lock(link_->mutex);
    writing_ = false;
    if (!ok) {
      finish(grpc::Status::CANCELLED);
    } else if (waiting_ != nullptr) {
      offer(std::exchange(waiting_, nullptr));
    }
  }

  void OnCancel() override {
    const std::lock_guard lock(link_->mutex);
    finish(grpc::Status::CANCELLED);
  }

  void OnDone() override {
    {
      const std::lock_guard lock(link_->mutex);
      link_->watch = nullptr;
    }
    delete this;
  }

 private:
  // Outlives the watch as long as the feed may call. Its mutex guards all of the watch.
  struct Link {
    std::mutex mutex;
    RulesetWatch* watch = nullptr;
  };

  void offer(RulesStatusPtr status) {
    if (finished_) return;
    if (writing_) {
      waiting_ = std::move(status);
      return;
    }
    out_ = to_buffer(*status);
    writing_ = true;
    StartWrite(&out_);
  }

  void finish(const grpc::Status& status) {
    if (!std::exchange(finished_, true)) Finish(status);
  }

  std::shared_ptr<Link> link_;
  std::shared_ptr<const StatusFeed::Observer> subscription_;
  RulesStatusPtr waiting_;  // null: the caller has been sent the latest
  grpc::ByteBuffer out_;
  bool writing_ = false, finished_ = false;
};

}  // namespace

grpc::ServerWriteReactor<grpc::ByteBuffer>* make_ruleset_watch(StatusFeed& feed) {
  return new RulesetWatch(feed);
}

}  // namespace kutip::service
