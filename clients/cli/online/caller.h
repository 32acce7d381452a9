// SPDX-License-Identifier: Apache-2.0
// Who answers a verb's calls: the server, or a test that plays it.
//   const auto self = CallAs<v1::GetSelfResponse>(caller, "access/GetSelf", request);
#ifndef REPRISE_CLI_ONLINE_CALLER_H_
#define REPRISE_CLI_ONLINE_CALLER_H_

#include <google/protobuf/message.h>

#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"

namespace reprise::cli {

class Caller {
 public:
  virtual ~Caller() = default;
  // `method` as FindMethod takes it. The errors are the server's.
  virtual absl::StatusOr<std::unique_ptr<google::protobuf::Message>> CallNamed(
      const std::string& method, const google::protobuf::Message& request) = 0;
};

// The same with the answer in its type, which must be the method's.
template <typename Answer>
absl::StatusOr<Answer> CallAs(Caller& caller, const std::string& method,
                              const google::protobuf::Message& request) {
  absl::StatusOr<std::unique_ptr<google::protobuf::Message>> answer =
      caller.CallNamed(method, request);
  if (!answer.ok()) return std::move(answer).status();
  Answer typed;
  typed.CopyFrom(**answer);
  return typed;
}

// Calls a list method page by page and returns one message with all rows, or the first `limit` rows
// (0: all). `more` tells whether rows were left; it may be null. The request's page_size is kept.
//   INTERNAL PAGES_ENDLESS where a server gives the same next_page_token twice
absl::StatusOr<std::unique_ptr<google::protobuf::Message>> ListPages(
    Caller& caller, const std::string& method, const google::protobuf::Message& request, int limit,
    bool* more);

template <typename Answer>
absl::StatusOr<Answer> ListAll(Caller& caller, const std::string& method,
                               const google::protobuf::Message& request) {
  absl::StatusOr<std::unique_ptr<google::protobuf::Message>> answer =
      ListPages(caller, method, request, 0, nullptr);
  if (!answer.ok()) return std::move(answer).status();
  Answer typed;
  typed.CopyFrom(**answer);
  return typed;
}

}  // namespace reprise::cli

#endif  // REPRISE_CLI_ONLINE_CALLER_H_
