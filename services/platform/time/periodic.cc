// SPDX-License-Identifier: Apache-2.0
#include "services/platform/time/periodic.h"

#include <utility>

namespace reprise {

Periodic::Periodic(absl::Duration interval, std::function<void()> work)
    : interval_(interval), work_(std::move(work)) {}

void Periodic::Start() {
  thread_ = std::thread([this] { Run(); });
}

bool Periodic::Stop() {
  if (!thread_.joinable()) return false;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    ending_ = true;
  }
  wake_.notify_all();
  thread_.join();
  return true;
}

void Periodic::Run() {
  std::unique_lock<std::mutex> lock(mutex_);
  while (!ending_) {
    lock.unlock();
    work_();
    lock.lock();
    wake_.wait_for(lock, absl::ToChronoMilliseconds(interval_), [&] { return ending_; });
  }
}

}  // namespace reprise
