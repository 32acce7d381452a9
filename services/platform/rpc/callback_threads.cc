// SPDX-License-Identifier: Apache-2.0
#include "services/platform/rpc/callback_threads.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/security/credentials.h>

#include "absl/synchronization/notification.h"

namespace reprise::rpc {
namespace {

// A channel without credentials, which gRPC makes such that every call on it fails at once; having made one
// callback call it holds the threads. Never destroyed, and so reachable for leak checkers.
grpc::GenericStub* HoldThreads() {
  auto* const stub = new grpc::GenericStub(grpc::CreateChannel("", nullptr));
  grpc::ClientContext context;
  const grpc::Slice no_bytes;
  const grpc::ByteBuffer nothing(&no_bytes, 1);
  grpc::ByteBuffer answer;
  absl::Notification done;
  stub->UnaryCall(&context, "/held/Open", {}, &nothing, &answer, [&](const grpc::Status&) { done.Notify(); });
  done.WaitForNotification();
  return stub;
}

}  // namespace

void KeepCallbackThreads() {
  // Volatile, or the optimizer leaves out a pointer that nobody reads, and the stub is not reachable.
  [[maybe_unused]] static grpc::GenericStub* volatile held = HoldThreads();
}

}  // namespace reprise::rpc
