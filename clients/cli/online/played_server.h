// SPDX-License-Identifier: Apache-2.0
// A server that a test plays: one function a method; a method without one is refused as the real
// one refuses a caller without the permission.
#ifndef REPRISE_CLI_ONLINE_PLAYED_SERVER_H_
#define REPRISE_CLI_ONLINE_PLAYED_SERVER_H_

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "clients/cli/online/caller.h"
#include "services/platform/error/error.h"

namespace reprise::cli {

class PlayedServer : public Caller {
 public:
  template <typename Request, typename Answer>
  void On(const std::string& method, std::function<absl::StatusOr<Answer>(const Request&)> answer) {
    methods_[method] = [answer](const google::protobuf::Message& message)
        -> absl::StatusOr<std::unique_ptr<google::protobuf::Message>> {
      Request request;
      request.CopyFrom(message);
      absl::StatusOr<Answer> made = answer(request);
      if (!made.ok()) return made.status();
      return std::make_unique<Answer>(*std::move(made));
    };
  }
  absl::StatusOr<std::unique_ptr<google::protobuf::Message>> CallNamed(
      const std::string& method, const google::protobuf::Message& request) override {
    ++calls[method];
    const auto at = methods_.find(method);
    if (at != methods_.end()) return at->second(request);
    return error::Make(absl::StatusCode::kPermissionDenied, "PERMISSION_DENIED", "No right.");
  }

  std::map<std::string, int> calls;

 private:
  std::map<std::string, std::function<absl::StatusOr<std::unique_ptr<google::protobuf::Message>>(
                            const google::protobuf::Message&)>>
      methods_;
};

}  // namespace reprise::cli

#endif  // REPRISE_CLI_ONLINE_PLAYED_SERVER_H_
