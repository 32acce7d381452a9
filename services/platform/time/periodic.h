// SPDX-License-Identifier: Apache-2.0
// A piece of work that is repeated in a thread of its own.
#ifndef REPRISE_PLATFORM_TIME_PERIODIC_H_
#define REPRISE_PLATFORM_TIME_PERIODIC_H_

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "absl/time/time.h"

namespace reprise {

class Periodic {
 public:
  // `interval`: from the end of one run to the start of the next.
  Periodic(absl::Duration interval, std::function<void()> work);
  ~Periodic() { Stop(); }
  // The first run is at once.
  void Start();
  // Waits for a run under way and ends the thread. False where there was none to end. Not thread-safe.
  bool Stop();

 private:
  void Run();

  const absl::Duration interval_;
  const std::function<void()> work_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace reprise

#endif  // REPRISE_PLATFORM_TIME_PERIODIC_H_
