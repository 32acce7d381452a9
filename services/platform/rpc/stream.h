// SPDX-License-Identifier: Apache-2.0
// A server stream as a handler sees it: Write blocks until the message is on its way, so that a slow
// reader slows the handler down instead of filling memory; no longer than the call's deadline, so that
// one who does not read at all holds no thread and no connection for ever.
#ifndef REPRISE_PLATFORM_RPC_STREAM_H_
#define REPRISE_PLATFORM_RPC_STREAM_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <condition_variable>
#include <mutex>
#include <utility>

#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace reprise::rpc {

template <typename Response>
class Stream {
 public:
  virtual ~Stream() = default;
  // False once the caller is gone or her time is over; then the handler should end.
  virtual bool Write(Response message) = 0;
};

// Owns itself until gRPC is done with it. One handler thread writes.
template <typename Response>
class WriteReactor final : public grpc::ServerWriteReactor<Response>, public Stream<Response> {
 public:
  // `context` is the call's and lives as long as it.
  WriteReactor(grpc::CallbackServerContext& context, absl::Time deadline)
      : context_(context), deadline_(deadline) {}

  bool Write(Response message) override {
    std::unique_lock<std::mutex> lock(mutex_);
    gone_ = gone_ || absl::Now() >= deadline_;
    if (gone_) return false;
    message_ = std::move(message);
    writing_ = true;
    this->StartWrite(&message_);
    const auto sent = [&] { return !writing_; };
    if (!written_.wait_until(lock, absl::ToChronoTime(deadline_), sent)) {
      gone_ = true;
      lock.unlock();
      context_.TryCancel();  // upon which gRPC gives the message back
      lock.lock();
      written_.wait(lock, sent);
    }
    return !gone_;
  }
  void End(grpc::Status status) { this->Finish(std::move(status)); }

  void OnWriteDone(bool ok) override {
    const std::lock_guard<std::mutex> lock(mutex_);
    writing_ = false;
    gone_ = gone_ || !ok;
    written_.notify_all();
  }
  void OnCancel() override {
    const std::lock_guard<std::mutex> lock(mutex_);
    gone_ = true;
  }
  void OnDone() override { delete this; }

 private:
  grpc::CallbackServerContext& context_;
  const absl::Time deadline_;
  std::mutex mutex_;
  std::condition_variable written_;
  Response message_;
  bool writing_ = false;
  bool gone_ = false;
};

}  // namespace reprise::rpc

#endif  // REPRISE_PLATFORM_RPC_STREAM_H_
