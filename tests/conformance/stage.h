// SPDX-License-Identifier: Apache-2.0
// What the scenes of all services are made with. A service with many scenes has a file of its own.
#ifndef REPRISE_TESTS_CONFORMANCE_STAGE_H_
#define REPRISE_TESTS_CONFORMANCE_STAGE_H_

#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "services/platform/status.h"
#include "services/platform/testing/matchers.h"
#include "tests/conformance/scenes.h"

namespace reprise::conformance {

struct Stage {
  const testing::Client& client;
  const house::People& people;

  template <typename Response, typename Request>
  Response Must(const house::Person& who, const char* method, const Request& request) const {
    auto answer = client.Call<Response>(who.token, method, request);
    if (!answer.ok()) std::cerr << method << ": " << testing::Describe(answer.status()) << "\n";
    REPRISE_CHECK(answer.ok());
    return *std::move(answer);
  }
};

// A scene of `request` and a copy of it that `change` has changed.
template <typename Request>
Scene Made(const house::Person& who, Request request, const std::function<void(Request&)>& change) {
  if (request.request_id().empty()) request.set_request_id(house::NewId());
  Request other = request;
  change(other);
  return {who, std::make_unique<Request>(std::move(request)), std::make_unique<Request>(std::move(other))};
}

using MakeScene = Scene (*)(const Stage&);

// scenes_access.cc
std::map<std::string, MakeScene> AccessScenes();
// scenes_enrolment.cc
std::map<std::string, MakeScene> EnrolmentScenes();

}  // namespace reprise::conformance

#endif  // REPRISE_TESTS_CONFORMANCE_STAGE_H_
