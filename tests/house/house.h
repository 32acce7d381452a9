// SPDX-License-Identifier: Apache-2.0
// The whole house in this process: a real daemon on a free port, a real database, and its people.
// One for all tests of a program, so a test changes nothing that another one relies on.
//   using SubmitResponseTest = house::HouseTest;
//   TEST_F(SubmitResponseTest, IsRefusedToChelsea) { ... }
#ifndef REPRISE_TESTS_HOUSE_HOUSE_H_
#define REPRISE_TESTS_HOUSE_HOUSE_H_

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "services/daemon/daemon.h"
#include "services/platform/testing/client.h"
#include "services/platform/testing/database.h"
#include "services/platform/testing/matchers.h"
#include "tests/house/people.h"

namespace reprise::house {

struct House {
  House();
  // Another daemon on the same database, after `daemon` has drained.
  void Restart();
  testing::TestDatabase database;
  testing::TestFolder secrets;
  std::unique_ptr<daemon::Daemon> daemon;
  std::unique_ptr<testing::Client> client;
  People people;
};

class HouseTest : public ::testing::Test {
 protected:
  // The program's one house, made by the first test that asks.
  static House& house();
  static const People& people() { return house().people; }
  static const testing::TestDatabase& database() { return house().database; }

  template <typename Response>
  static absl::StatusOr<Response> Call(const Person& who, const std::string& method,
                                       const google::protobuf::Message& request) {
    return house().client->Call<Response>(who.token, method, request);
  }
  // Audit events with this action about this subject.
  static int Audited(const std::string& action, const std::string& subject_id);
};

}  // namespace reprise::house

#endif  // REPRISE_TESTS_HOUSE_HOUSE_H_
