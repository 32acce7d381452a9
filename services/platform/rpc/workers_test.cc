// SPDX-License-Identifier: Apache-2.0
// Also built with the thread sanitizer (tests/tsan).
#include "services/platform/rpc/workers.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <thread>
#include <vector>

namespace reprise::rpc {
namespace {

TEST(WorkersTest, RunsEverythingThatWasQueuedBeforeItEnds) {
  std::atomic<int> ran{0};
  {
    Workers workers(4, 1000);
    for (int i = 0; i < 1000; ++i) {
      while (!workers.Submit([&ran] { ++ran; })) std::this_thread::yield();
    }
  }
  EXPECT_EQ(ran, 1000);
}

TEST(WorkersTest, RefusesWhenTheQueueIsFull) {
  std::promise<void> started, release;
  std::shared_future<void> released = release.get_future().share();
  Workers workers(1, 2);
  ASSERT_TRUE(workers.Submit([&started, released] {
    started.set_value();
    released.wait();
  }));
  started.get_future().wait();  // the only thread is busy, so what follows is queued
  EXPECT_TRUE(workers.Submit([] {}));
  EXPECT_TRUE(workers.Submit([] {}));
  EXPECT_FALSE(workers.Submit([] {}));
  release.set_value();
}

TEST(WorkersTest, TakesTasksFromManyThreadsAndFromTasks) {
  std::atomic<int> ran{0};
  {
    Workers workers(3, 100000);
    std::vector<std::thread> callers;
    for (int caller = 0; caller < 4; ++caller) {
      callers.emplace_back([&] {
        for (int i = 0; i < 200; ++i) {
          EXPECT_TRUE(workers.Submit([&] {
            ++ran;
            if (workers.Submit([&ran] { ++ran; })) return;
            ++ran;  // too late, because the workers are ending
          }));
        }
      });
    }
    for (std::thread& caller : callers) caller.join();
  }
  EXPECT_EQ(ran, 4 * 200 * 2);
}

TEST(WorkersTest, RunsOneTaskAThreadAtATime) {
  std::atomic<int> running{0}, most{0};
  {
    Workers workers(3, 1000);
    for (int i = 0; i < 300; ++i) {
      EXPECT_TRUE(workers.Submit([&] {
        const int now = ++running;
        for (int seen = most; now > seen && !most.compare_exchange_weak(seen, now);) {
        }
        --running;
      }));
    }
  }
  EXPECT_LE(most, 3);
}

}  // namespace
}  // namespace reprise::rpc
