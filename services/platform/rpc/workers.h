// SPDX-License-Identifier: Apache-2.0
// Threads that run handlers, because a gRPC reactor must never block. The queue is bounded: a full
// one refuses at once instead of letting every caller wait past its deadline. Of idle threads the one
// that worked last is woken, because its memory is still in the processor's caches. Thread-safe.
#ifndef REPRISE_PLATFORM_RPC_WORKERS_H_
#define REPRISE_PLATFORM_RPC_WORKERS_H_

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace reprise::rpc {

class Workers {
 public:
  Workers(int threads, int queue_length);
  // Runs what is queued, then ends.
  ~Workers();
  // False where the queue is full.
  bool Submit(std::function<void()> task);

 private:
  struct Idle {
    std::condition_variable wake;
    std::function<void()> task;  // handed over by who wakes it
  };
  void Work();

  const size_t queue_length_;
  std::mutex mutex_;
  std::deque<std::function<void()>> queue_;  // not empty only while nobody is idle
  std::vector<Idle*> idle_;
  bool ending_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace reprise::rpc

#endif  // REPRISE_PLATFORM_RPC_WORKERS_H_
