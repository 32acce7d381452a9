// SPDX-License-Identifier: Apache-2.0
// Also built with the thread sanitizer (tests/tsan).
#include "services/platform/time/periodic.h"

#include <gtest/gtest.h>

#include <future>

namespace reprise {
namespace {

TEST(PeriodicTest, RunsAtOnceAndAgainUntilItIsStopped) {
  int runs = 0;  // of the thread's own until it has ended
  std::promise<void> third;
  Periodic periodic(absl::Milliseconds(1), [&] {
    if (++runs == 3) third.set_value();
  });
  periodic.Start();
  third.get_future().wait();
  EXPECT_TRUE(periodic.Stop());
  EXPECT_GE(runs, 3);
  const int until_then = runs;
  EXPECT_FALSE(periodic.Stop());
  EXPECT_EQ(runs, until_then);
}

TEST(PeriodicTest, DoesNotWaitForTheIntervalToStop) {
  std::promise<void> ran;
  Periodic periodic(absl::Hours(1), [&] { ran.set_value(); });
  periodic.Start();
  ran.get_future().wait();
  EXPECT_TRUE(periodic.Stop());
}

TEST(PeriodicTest, StopsWhereItWasNeverStarted) {
  Periodic periodic(absl::Milliseconds(1), [] { FAIL(); });
  EXPECT_FALSE(periodic.Stop());
}

}  // namespace
}  // namespace reprise
