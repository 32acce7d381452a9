// SPDX-License-Identifier: Apache-2.0
// Calls to the services over gRPC, by method name and with messages as bytes: unary and server
// streaming alike. Reads ahead a little, and no further than the reader takes. Thread-safe.
#ifndef REPRISE_GATEWAY_RPC_BACKEND_H_
#define REPRISE_GATEWAY_RPC_BACKEND_H_

#include <grpcpp/channel.h>

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace reprise::gateway {

class Backend {
 public:
  struct Call {
    std::string method;   // "package.Service/Method"
    std::string request;  // binary
    std::vector<std::pair<std::string, std::string>> metadata = {};  // checked by SoundMetadata
    absl::Time deadline = absl::InfiniteFuture();
  };
  // A call under way. May be dropped; the call then goes on.
  class Running {
   public:
    virtual ~Running() = default;
    virtual void Cancel() = 0;
    // The reader is done with one message.
    virtual void Taken() = 0;
  };
  using MessageSink = std::function<void(std::string binary)>;
  using DoneSink = std::function<void(const absl::Status&)>;

  explicit Backend(std::shared_ptr<grpc::Channel> channel);
  // Waits for all calls to be done; whoever ends it has cancelled them.
  ~Backend();

  // `on_message` for each message, then `on_done` once; on threads of gRPC, so they must not block.
  std::shared_ptr<Running> Start(const Call& call, MessageSink on_message, DoneSink on_done);
  // The same for a method with one answer; `done` gets it, or the reason why there is none.
  std::shared_ptr<Running> StartUnary(
      const Call& call, std::function<void(const absl::Status&, std::string binary)> done);

 private:
  class Reactor;
  struct Shared;
  const std::shared_ptr<Shared> shared_;
};

// Whether gRPC can carry this as a metadata value; it ends the process on one that it cannot.
bool SoundMetadata(absl::string_view value);

}  // namespace reprise::gateway

#endif  // REPRISE_GATEWAY_RPC_BACKEND_H_
