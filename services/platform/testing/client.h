// SPDX-License-Identifier: Apache-2.0
// A client that calls any method by its full name, with typed messages or with raw bytes. It knows
// which address serves which service, so that one process or many look alike. Thread-safe.
#ifndef REPRISE_PLATFORM_TESTING_CLIENT_H_
#define REPRISE_PLATFORM_TESTING_CLIENT_H_

#include <grpcpp/channel.h>

#include <map>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "google/protobuf/message.h"

namespace reprise::testing {

class Client {
 public:
  // `addresses`: by the service's name as in --services ("access"); "*" serves the others.
  explicit Client(const std::map<std::string, std::string>& addresses);

  // `method` is "reprise.study.v1.StudyService/CreateStudy"; an empty token sends none.
  absl::StatusOr<std::string> CallBytes(const std::string& token, const std::string& method,
                                        const std::string& request,
                                        absl::Duration timeout = absl::Seconds(60)) const;

  template <typename Response>
  absl::StatusOr<Response> Call(const std::string& token, const std::string& method,
                                const google::protobuf::Message& request,
                                absl::Duration timeout = absl::Seconds(60)) const {
    auto bytes = CallBytes(token, method, request.SerializeAsString(), timeout);
    if (!bytes.ok()) return bytes.status();
    Response response;
    if (!response.ParseFromString(*bytes)) return absl::DataLossError("unreadable answer");
    return response;
  }

 private:
  std::map<std::string, std::shared_ptr<grpc::Channel>> channels_;
};

}  // namespace reprise::testing

#endif  // REPRISE_PLATFORM_TESTING_CLIENT_H_
