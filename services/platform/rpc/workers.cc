// SPDX-License-Identifier: Apache-2.0
#include "services/platform/rpc/workers.h"

#include <utility>

namespace reprise::rpc {

Workers::Workers(int threads, int queue_length) : queue_length_(static_cast<size_t>(queue_length)) {
  for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { Work(); });
}

Workers::~Workers() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    ending_ = true;
    for (Idle* const idle : idle_) idle->wake.notify_one();
  }
  for (std::thread& thread : threads_) thread.join();
}

bool Workers::Submit(std::function<void()> task) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (ending_) return false;
  if (!idle_.empty()) {
    Idle* const last = idle_.back();
    idle_.pop_back();
    last->task = std::move(task);
    last->wake.notify_one();  // under the lock, because `last` lives on the thread's stack
    return true;
  }
  if (queue_.size() >= queue_length_) return false;
  queue_.push_back(std::move(task));
  return true;
}

void Workers::Work() {
  Idle me;
  while (true) {
    {
      std::unique_lock<std::mutex> lock(mutex_);
      if (!queue_.empty()) {
        me.task = std::move(queue_.front());
        queue_.pop_front();
      } else if (ending_) {
        return;
      } else {
        idle_.push_back(&me);
        me.wake.wait(lock, [&] { return ending_ || me.task != nullptr; });
        // Woken by the end alone: what is queued goes first, and nobody hands over any more.
        if (me.task == nullptr) continue;
      }
    }
    me.task();
    me.task = nullptr;
  }
}

}  // namespace reprise::rpc
