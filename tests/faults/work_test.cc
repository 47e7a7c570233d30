// Rows 20 to 29: time, room and rules.
#include <atomic>
#include <future>

#include "faults/fault_server.h"

namespace kutip::service {
namespace {

class WorkFaults : public FaultTest {
 protected:
  bool busy(std::size_t running = 1) {
    return eventually([&] { return metric("kutip_jobs_running") >= static_cast<double>(running); });
  }
  bool idle() {
    return eventually([&] { return metric("kutip_jobs_running") == 0 && metric("kutip_queue_length") == 0; });
  }
  double answered_texts() const { return metric("kutip_texts_total{status=\"OK\"}"); }
};

TEST_F(WorkFaults, Row20DeadlinePassesInTheQueue) {
  start(one_worker(8));
  LongCall holder(*stub_);
  ASSERT_TRUE(busy());
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::milliseconds(200));
  v1::AnnotateResponse response;
  EXPECT_EQ(stub_->Annotate(&context, request_of(kArticle), &response).error_code(), Code::DEADLINE_EXCEEDED);
  holder.cancel();
  ASSERT_TRUE(idle());
  EXPECT_EQ(answered_texts(), 0) << "what nobody waits for is not worked on";
}

TEST_F(WorkFaults, Row21DeadlinePassesInARule) {
  start(one_worker(8));
  grpc::ClientContext context;
  v1::AnnotateRequest request;
  std::string& text = *request.mutable_document()->mutable_utf8();
  while (text.size() < (48U << 20)) text += "“Kapal siap,” kata Rini Wulandari di Dinas Kelautan Tambora.\n";
  request.mutable_document()->set_language_code("id");
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::milliseconds(400));
  v1::AnnotateResponse response;
  EXPECT_EQ(stub_->Annotate(&context, request, &response).error_code(), Code::DEADLINE_EXCEEDED);
  EXPECT_TRUE(idle());
  EXPECT_EQ(answered_texts(), 0);
  EXPECT_TRUE(answers());
}

TEST_F(WorkFaults, Row22ClientCancels) {
  start(one_worker(8));
  LongCall call(*stub_);
  ASSERT_TRUE(busy());
  EXPECT_EQ(call.cancel().error_code(), Code::CANCELLED);
  EXPECT_TRUE(idle());
  EXPECT_EQ(answered_texts(), 0);
  EXPECT_TRUE(answers());
}

TEST_F(WorkFaults, Row22ClientDisconnects) {
  start(one_worker(8));
  auto channel = new_channel();
  auto stub = v1::AnnotationService::NewStub(channel);
  {
    LongCall call(*stub);
    ASSERT_TRUE(busy());
    call.cancel();
  }
  stub.reset();
  channel.reset();
  EXPECT_TRUE(idle());
  EXPECT_TRUE(answers());
}

TEST_F(WorkFaults, Row23NoDeadlineGiven) {
  ServerOptions options = one_worker(8);
  options.limits.max_call_duration = std::chrono::milliseconds(100);
  start(options);
  v1::AnnotateRequest request;
  std::string& text = *request.mutable_document()->mutable_utf8();
  while (text.size() < (48U << 20)) text += "“Kapal siap,” kata Rini Wulandari di Dinas Kelautan Tambora.\n";
  request.mutable_document()->set_language_code("id");
  EXPECT_FAILURE(fail(request), Code::DEADLINE_EXCEEDED, "DEADLINE_EXCEEDED");
  EXPECT_TRUE(answers());
}

TEST_F(WorkFaults, Row24MoreCallsThanRoom) {
  start(one_worker(4));
  LongCall holder(*stub_);
  ASSERT_TRUE(busy());
  constexpr int kCalls = 24;
  std::vector<std::thread> threads;
  std::atomic<int> refused{0}, answered{0};
  for (int i = 0; i < kCalls; ++i) {
    threads.emplace_back([&, i] {
      grpc::ClientContext context;
      context.AddMetadata("x-client", "client " + std::to_string(i));
      v1::AnnotateResponse response;
      const grpc::Status status = stub_->Annotate(&context, request_of(kArticle), &response);
      if (status.ok()) {
        ++answered;
        return;
      }
      ++refused;
      const Failure failure = failure_of(status);
      EXPECT_FAILURE(failure, Code::RESOURCE_EXHAUSTED, "OVERLOADED");
      EXPECT_TRUE(failure.retry_info);
      EXPECT_EQ(context.GetServerTrailingMetadata().count("grpc-retry-pushback-ms"), 1U);
    });
  }
  EXPECT_TRUE(eventually([&] { return refused >= kCalls - 4; }));
  holder.cancel();
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(refused, kCalls - 4);
  EXPECT_EQ(answered, 4);
  EXPECT_EQ(metric("kutip_refused_calls_total{reason=\"OVERLOADED\"}"), kCalls - 4);
}

TEST_F(WorkFaults, Row25OneClientTakesAllRoom) {
  start(one_worker(15));
  LongCall holder(*stub_);
  ASSERT_TRUE(busy());
  std::vector<std::thread> threads;
  std::atomic<int> limited{0};
  for (int i = 0; i < 20; ++i) {
    threads.emplace_back([&] {
      const Failure failure = fail(request_of(kArticle), "greedy");
      if (failure.code == Code::OK) return;
      ++limited;
      EXPECT_FAILURE(failure, Code::RESOURCE_EXHAUSTED, "CLIENT_LIMIT");
      EXPECT_TRUE(failure.retry_info);
    });
  }
  EXPECT_TRUE(eventually([&] { return limited == 13; })) << limited;
  auto modest = std::async(std::launch::async, [&] { return fail(request_of(kArticle), "modest").code; });
  EXPECT_TRUE(eventually([&] { return metric("kutip_queue_length") == 8; }))
      << "seven of the greedy, one of the modest";
  holder.cancel();
  EXPECT_EQ(modest.get(), Code::OK);
  for (auto& thread : threads) thread.join();
}

TEST_F(WorkFaults, Row26PinnedDigestNotLoaded) {
  v1::AnnotateRequest request = request_of(kArticle);
  request.mutable_options()->set_ruleset_digest("sha256:0000");
  EXPECT_FAILURE(fail(request), Code::FAILED_PRECONDITION, "RULESET_NOT_LOADED");
}

TEST_F(WorkFaults, Row27UnknownPlugin) {
  v1::AnnotateRequest request = request_of(kArticle);
  request.mutable_options()->add_plugins("nothing");
  EXPECT_FAILURE(fail(request), Code::INVALID_ARGUMENT, "PLUGIN_UNKNOWN");
}

TEST_F(WorkFaults, Row28UnsupportedLanguage) {
  v1::AnnotateRequest request = request_of(kArticle);
  request.mutable_document()->set_language_code("tlh");
  EXPECT_FAILURE(fail(request), Code::INVALID_ARGUMENT, "LANGUAGE_UNSUPPORTED");
}

TEST_F(WorkFaults, Row29CallBeforeTheFirstLoad) {
  start(ServerOptions{}, false);
  EXPECT_FAILURE(fail(request_of(kArticle)), Code::UNAVAILABLE, "RULES_NOT_LOADED");
  EXPECT_EQ(metric("kutip_serving"), 0);
}

}  // namespace
}  // namespace kutip::service
