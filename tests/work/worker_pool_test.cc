#include "service/work/worker_pool.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <mutex>
#include <new>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace kutip::work {
namespace {

constexpr std::size_t kLarge = 1 << 20;  // too large to run inline

TEST(FairQueue, ServesClientsInTurnAndEachOfThemInOrder) {
  FairQueue queue;
  std::vector<std::string> order;
  for (const char* job : {"a1", "a2", "a3", "b1", "c1", "b2"})
    queue.push({std::string(1, job[0]), [&order, job] { order.emplace_back(job); }, 10});
  EXPECT_EQ(queue.bytes(), 60U);
  while (auto entry = queue.pop()) entry->job();
  EXPECT_THAT(order, testing::ElementsAre("a1", "b1", "c1", "a2", "b2", "a3"));
  EXPECT_EQ(queue.size(), 0U);
  EXPECT_EQ(queue.bytes(), 0U);
}

TEST(FairQueue, ForgetsClientsWithNothingUnderWay) {
  FairQueue queue;
  queue.start("a");
  queue.start("a");
  EXPECT_EQ(queue.under_way("a"), 2U);
  queue.end("a");
  EXPECT_EQ(queue.clients(), 1U);
  queue.end("a");
  EXPECT_EQ(queue.clients(), 0U);
  EXPECT_EQ(queue.under_way("a"), 0U);
}

// A pool whose one worker is held up until release().
class HeldPool {
 public:
  explicit HeldPool(PoolLimits limits) : pool(limits) {
    std::promise<void> started;
    EXPECT_FALSE(pool.submit("holder", kLarge, [&] {
      started.set_value();
      released_.get_future().wait();
    }));
    started.get_future().wait();
  }
  ~HeldPool() { release(); }

  void release() {
    if (!std::exchange(done_, true)) released_.set_value();
  }

 private:
  std::promise<void> released_;
  bool done_ = false;

 public:
  WorkerPool pool;
};

TEST(WorkerPool, RunsASmallRequestInlineWhenNothingIsUnderWay) {
  WorkerPool pool({.workers = 1});
  std::thread::id thread;
  EXPECT_FALSE(pool.submit("a", 100, [&] { thread = std::this_thread::get_id(); }));
  EXPECT_EQ(thread, std::this_thread::get_id());
  EXPECT_EQ(pool.figures().run_inline, 1U);
}

TEST(WorkerPool, RunsALargeRequestInAWorker) {
  WorkerPool pool({.workers = 1});
  std::promise<std::thread::id> thread;
  EXPECT_FALSE(pool.submit("a", kLarge, [&] { thread.set_value(std::this_thread::get_id()); }));
  EXPECT_NE(thread.get_future().get(), std::this_thread::get_id());
}

TEST(WorkerPool, QueuesWhileItIsBusyAndRefusesWhenTheQueueIsFull) {
  HeldPool held({.workers = 1, .queued_calls = 3});
  std::atomic<int> ran{0};
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(held.pool.submit(std::to_string(i), 1, [&] { ++ran; }));
  const auto refused = held.pool.submit("late", 1, [&] { ++ran; });
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->reason, Refusal::kQueueFull);
  EXPECT_GE(refused->retry_after.count(), 10);
  EXPECT_EQ(held.pool.figures().queued, 3U);
  EXPECT_EQ(ran, 0);
}

TEST(WorkerPool, BoundsTheBytesThatWait) {
  HeldPool held({.workers = 1, .queued_calls = 100, .queued_bytes = 1000});
  EXPECT_FALSE(held.pool.submit("a", 5000, [] {})) << "a request that finds the queue empty fits";
  const auto refused = held.pool.submit("b", 1, [] {});
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->reason, Refusal::kQueueFull);
}

TEST(WorkerPool, BoundsTheTimeThatACallIsExpectedToWait) {
  HeldPool held({.workers = 1, .queued_calls = 100, .queued_time = std::chrono::milliseconds(0)});
  EXPECT_FALSE(held.pool.submit("a", 1, [] {})) << "a request that finds the queue empty fits";
  const auto refused = held.pool.submit("b", 1, [] {});
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->reason, Refusal::kQueueFull);
}

TEST(WorkerPool, KeepsRoomForOtherClients) {
  HeldPool held({.workers = 1, .queued_calls = 15});
  int taken = 0;
  std::optional<Refused> refused;
  while (!(refused = held.pool.submit("greedy", 1, [] {}))) ++taken;
  EXPECT_EQ(refused->reason, Refusal::kClientLimit);
  EXPECT_EQ(taken, 7) << "half of seven eighths, for another client has something under way";
  EXPECT_FALSE(held.pool.submit("modest", 1, [] {}));
}

TEST(WorkerPool, TakesWorkOfStreamsWithoutLimit) {
  HeldPool held({.workers = 1, .queued_calls = 1});
  std::atomic<int> ran{0};
  for (int i = 0; i < 50; ++i) held.pool.submit_unbounded("a", 1, [&] { ++ran; });
  EXPECT_EQ(held.pool.figures().queued, 50U);
  held.release();
  while (ran < 50) std::this_thread::yield();
}

// Runs a job in the pool and waits for its end.
void run_in(WorkerPool& pool, const std::function<void()>& job) {
  std::promise<void> done;
  ASSERT_FALSE(pool.submit("a", kLarge, [&] {
    job();
    done.set_value();
  }));
  done.get_future().wait();
}

TEST(WorkerPool, SharesAJobWithThreadsThatHaveNothingToDo) {
  WorkerPool pool({.workers = 3});
  std::mutex mutex;
  std::set<std::thread::id> threads;
  while (threads.size() < 2) {  // at first none of the others may have come to wait for work yet
    std::atomic<int> next{0}, done{0};
    run_in(pool, [&] {
      pool.run_together("a", 3, [&](const std::function<bool()>& go_on) {
        while (go_on() && next++ < 200) {
          const std::lock_guard lock(mutex);
          threads.insert(std::this_thread::get_id());
          ++done;
        }
      });
      EXPECT_EQ(done, 200);
    });
  }
}

TEST(WorkerPool, DoesASharedJobAloneWhenNobodyIsIdle) {
  WorkerPool pool({.workers = 1});
  int done = 0;
  run_in(pool, [&] {
    pool.run_together("a", 8, [&](const std::function<bool()>& go_on) {
      while (go_on() && done < 50) ++done;
    });
  });
  EXPECT_EQ(done, 50);
}

TEST(WorkerPool, TellsWhatASharedJobThrew) {
  WorkerPool pool({.workers = 2});
  run_in(pool,
         [&] { EXPECT_THROW(pool.run_together("a", 2, [](const auto&) { throw std::bad_alloc(); }), std::bad_alloc); });
}

TEST(WorkerPool, RunsEverythingThatManyThreadsSubmit) {
  std::atomic<int> ran{0};
  std::atomic<int> refused{0};
  {
    WorkerPool pool({.workers = 3, .queued_calls = 50});
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
      threads.emplace_back([&, t] {
        for (int i = 0; i < 500; ++i)
          if (pool.submit("client " + std::to_string(t), static_cast<std::size_t>(i) * 100, [&] { ++ran; })) ++refused;
      });
    for (auto& thread : threads) thread.join();
  }
  EXPECT_EQ(ran + refused, 2000);
}

}  // namespace
}  // namespace kutip::work
