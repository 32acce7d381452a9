// SPDX-License-Identifier: Apache-2.0
// For each method that writes, a request that succeeds and another one with the same request_id. A
// new writing method needs a scene here, or its conformance test fails.
#ifndef REPRISE_TESTS_CONFORMANCE_SCENES_H_
#define REPRISE_TESTS_CONFORMANCE_SCENES_H_

#include <memory>

#include "google/protobuf/message.h"

#include "services/platform/testing/client.h"
#include "services/platform/testing/database.h"
#include "tests/conformance/methods.h"
#include "tests/house/people.h"

namespace reprise::conformance {

struct Scene {
  house::Person who;
  std::unique_ptr<google::protobuf::Message> request;  // null: there is no scene
  std::unique_ptr<google::protobuf::Message> other;    // differs, and would be possible too
};

// Makes what the scene stands on over RPC.
Scene SceneFor(const Method& method, const testing::Client& client, const house::People& people);
// Empty unless the method is the cohort service's.
Scene CohortScene(const Method& method, const testing::TestDatabase& database, const testing::Client& client,
                  const house::People& people);
// Of the phase service.
Scene PhaseScene(const Method& method, const testing::TestDatabase& database, const testing::Client& client,
                 const house::People& people);
// Of the extract service.
Scene ExtractScene(const Method& method, const testing::Client& client, const house::People& people);

}  // namespace reprise::conformance

#endif  // REPRISE_TESTS_CONFORMANCE_SCENES_H_
