// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/rpc/backend.h"

#include <grpcpp/client_context.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/support/byte_buffer.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>

#include "absl/strings/str_cat.h"

#include "services/platform/error/error.h"
#include "services/platform/rpc/wire_status.h"

namespace reprise::gateway {
namespace {

// Messages that may be under way to the reader before the next one is asked for.
constexpr int kAhead = 4;

std::string BytesOf(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  std::string bytes;
  if (!buffer.Dump(&slices).ok()) return bytes;
  bytes.reserve(buffer.Length());
  for (const grpc::Slice& slice : slices) {
    bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return bytes;
}

// Failures that gRPC made, not a service, get a reason as all others have, and lose what gRPC says of
// addresses.
absl::Status WithReason(absl::Status status) {
  if (status.ok() || !error::ReasonOf(status).empty()) return status;
  switch (status.code()) {
    case absl::StatusCode::kUnavailable:
      return error::Retry("SERVICES_UNREACHABLE", "The services cannot be reached.", absl::Seconds(1));
    case absl::StatusCode::kDeadlineExceeded:
      return error::Make(status.code(), "DEADLINE_EXCEEDED", "The call's deadline has passed.");
    case absl::StatusCode::kUnimplemented:
      return error::Make(status.code(), "METHOD_UNKNOWN", "No service here has this method.");
    case absl::StatusCode::kResourceExhausted:
      return error::Make(status.code(), "MESSAGE_TOO_LARGE", "A message is larger than is carried.");
    default:
      return error::Make(status.code(), "CALL_BROKEN", "The call ended on its way to the services.");
  }
}

}  // namespace

struct Backend::Shared {
  explicit Shared(std::shared_ptr<grpc::Channel> channel) : stub(std::move(channel)) {}
  grpc::GenericStub stub;
  std::mutex mutex;
  std::condition_variable idle;
  int running = 0;
};

// One call. Exactly one read is under way, or none while the reader is behind (`behind_`).
class Backend::Reactor final : public Backend::Running,
                               public grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  Reactor(std::shared_ptr<Shared> shared, MessageSink on_message, DoneSink on_done)
      : shared_(std::move(shared)), on_message_(std::move(on_message)),
        on_done_(std::move(on_done)) {}

  void Start(std::shared_ptr<Reactor> self, const Call& call) {
    self_ = std::move(self);
    for (const auto& [key, value] : call.metadata) context_.AddMetadata(key, value);
    if (call.deadline != absl::InfiniteFuture()) {
      context_.set_deadline(absl::ToChronoTime(call.deadline));
    }
    const grpc::Slice slice(call.request);
    request_ = grpc::ByteBuffer(&slice, 1);
    shared_->stub.PrepareBidiStreamingCall(&context_, absl::StrCat("/", call.method), {}, this);
    // Held until the last read, because reads are also started from outside of gRPC.
    AddHold();
    StartWriteLast(&request_, grpc::WriteOptions());
    StartRead(&response_);
    StartCall();
  }

  void Cancel() override {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      cancelled_ = true;
    }
    context_.TryCancel();
    Resume();  // whose read then fails, which ends the call
  }

  void Taken() override {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      --ahead_;
    }
    Resume();
  }

  void OnReadDone(bool ok) override {
    if (!ok) return RemoveHold();
    std::string bytes = BytesOf(response_);
    response_.Clear();
    bool read = false, wanted = false;
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      wanted = !cancelled_;
      read = ++ahead_ < kAhead || cancelled_;  // nobody takes what comes after a cancel
      behind_ = !read;
    }
    if (wanted) on_message_(std::move(bytes));
    if (read) StartRead(&response_);
  }

  void OnDone(const grpc::Status& status) override {
    on_done_(WithReason(rpc::FromGrpc(status)));
    // What they hold goes now, not when the last one drops this.
    on_message_ = nullptr;
    on_done_ = nullptr;
    const std::shared_ptr<Shared> shared = shared_;
    self_ = nullptr;  // may end this
    const std::lock_guard<std::mutex> lock(shared->mutex);
    if (--shared->running == 0) shared->idle.notify_all();
  }

 private:
  void Resume() {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      if (!behind_) return;
      behind_ = false;
    }
    StartRead(&response_);
  }

  const std::shared_ptr<Shared> shared_;  // shared: outlives the backend by a moment at its end
  MessageSink on_message_;
  DoneSink on_done_;
  std::shared_ptr<Reactor> self_;  // gRPC's own hold on it
  grpc::ClientContext context_;
  grpc::ByteBuffer request_, response_;
  std::mutex mutex_;
  int ahead_ = 0;
  bool behind_ = false;
  bool cancelled_ = false;
};

Backend::Backend(std::shared_ptr<grpc::Channel> channel)
    : shared_(std::make_shared<Shared>(std::move(channel))) {}

Backend::~Backend() {
  std::unique_lock<std::mutex> lock(shared_->mutex);
  shared_->idle.wait(lock, [this] { return shared_->running == 0; });
}

std::shared_ptr<Backend::Running> Backend::Start(const Call& call, MessageSink on_message,
                                                 DoneSink on_done) {
  {
    const std::lock_guard<std::mutex> lock(shared_->mutex);
    ++shared_->running;
  }
  auto reactor = std::make_shared<Reactor>(shared_, std::move(on_message), std::move(on_done));
  reactor->Start(reactor, call);
  return reactor;
}

std::shared_ptr<Backend::Running> Backend::StartUnary(
    const Call& call, std::function<void(const absl::Status&, std::string)> done) {
  struct Answer {
    std::string bytes;
    bool any = false;
  };
  auto answer = std::make_shared<Answer>();  // shared by the two callbacks
  return Start(
      call,
      [answer](std::string binary) {
        answer->bytes = std::move(binary);
        answer->any = true;
      },
      [answer, done = std::move(done)](const absl::Status& status) {
        if (status.ok() && !answer->any) {
          done(error::Make(absl::StatusCode::kInternal, "ANSWER_MISSING", "No answer came."), "");
        } else {
          done(status, std::move(answer->bytes));
        }
      });
}

bool SoundMetadata(absl::string_view value) {
  return std::all_of(value.begin(), value.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

}  // namespace reprise::gateway
