// SPDX-License-Identifier: Apache-2.0
#include "services/platform/testing/client.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/byte_buffer.h>

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"

#include "services/platform/rpc/wire_status.h"
#include "services/platform/status.h"

namespace reprise::testing {

Client::Client(const std::map<std::string, std::string>& addresses) {
  for (const auto& [service, address] : addresses) {
    channels_[service] = grpc::CreateChannel(address, grpc::InsecureChannelCredentials());
  }
}

absl::StatusOr<std::string> Client::CallBytes(const std::string& token, const std::string& method,
                                              const std::string& request,
                                              absl::Duration timeout) const {
  const std::vector<std::string> parts = absl::StrSplit(method, '.');
  REPRISE_CHECK(parts.size() == 4);
  const auto at = channels_.find(channels_.count(parts[1]) > 0 ? parts[1] : "*");
  REPRISE_CHECK(at != channels_.end());
  grpc::GenericStub stub(at->second);
  grpc::ClientContext context;
  if (!token.empty()) context.AddMetadata("authorization", absl::StrCat("Bearer ", token));
  context.set_deadline(absl::ToChronoTime(absl::Now() + timeout));
  grpc::CompletionQueue queue;
  const grpc::Slice slice(request);
  const auto call = stub.PrepareUnaryCall(&context, absl::StrCat("/", method),
                                          grpc::ByteBuffer(&slice, 1), &queue);
  grpc::ByteBuffer received;
  grpc::Status outcome;
  call->StartCall();
  call->Finish(&received, &outcome, nullptr);
  void* tag = nullptr;
  bool ok = false;
  queue.Next(&tag, &ok);
  if (!outcome.ok()) return rpc::FromGrpc(outcome);
  std::vector<grpc::Slice> slices;
  REPRISE_CHECK(received.Dump(&slices).ok());
  std::string bytes;
  for (const grpc::Slice& piece : slices) {
    bytes.append(reinterpret_cast<const char*>(piece.begin()), piece.size());
  }
  return bytes;
}

}  // namespace reprise::testing
