// SPDX-License-Identifier: Apache-2.0
// Scenes of the cohort service. They stand on facts of other services, written as these store them.
#include "absl/strings/str_cat.h"
#include "reprise/cohort/v1/cohort_service.pb.h"

#include "tests/conformance/scenes.h"

namespace reprise::conformance {
namespace {

namespace c1 = cohort::v1;
using house::NewId;

constexpr char kProtocol[] = R"json({
  "sites": [{"code": "LYO", "opens_on": "2025-01-01"}],
  "arms": [{"code": "A", "ratio": 1, "intervention": true}, {"code": "B", "ratio": 1}],
  "stages": [{"code": "SCENE", "kind": "MAIN", "arms": ["A", "B"],
              "allocation": {"factors": [{"code": "age", "levels": ["1", "2"]}], "block_sizes": [4]}},
             {"code": "SCENE2", "kind": "MAIN", "arms": ["A", "B"], "allocation": {"block_sizes": [4]}},
             {"code": "SCENE3", "kind": "MAIN", "arms": ["A", "B"], "allocation": {"block_sizes": [4]}}]
})json";

// The newest version of the protocol is the scenes', once.
void ApplyProtocol(const testing::TestDatabase& database, const house::People& people) {
  database.Sql(absl::StrCat(
      "INSERT INTO study.protocol_version SELECT '", people.study_id, "', 9000, 'cohort scenes', '2025-01-01', '', "
      "decode(repeat('00', 32), 'hex'), $doc$", kProtocol, "$doc$, false, '2025-01-01T00:00Z', '",
      people.alice.user_id, "', '' WHERE NOT EXISTS (SELECT FROM study.protocol_version WHERE label = 'cohort scenes')"));
}

// A participant at Lyon who is enrolled in the stage SCENE.
std::string Enrolled(const testing::TestDatabase& database, const house::People& people) {
  static int number = 9000;
  ++number;
  const std::string screening = NewId(), participant = NewId(), by = people.coline.user_id;
  database.Sql(absl::StrCat(
      "INSERT INTO enrolment.screening VALUES ('", screening, "', '", people.study_id, "', '", people.lyon_id,
      "', 'SCENE', ", number, ", '2025-03-10', 9000, 'ELIGIBLE', '{}', '", by, "', now());"
      "INSERT INTO enrolment.participant (participant_id, study_id, site_id, code, made_time, screening_id, stage, "
      "consent_date, protocol_version, age_at_consent) VALUES ('", participant, "', '", people.study_id, "', '",
      people.lyon_id, "', 'SCENE-", number, "', now(), '", screening, "', 'SCENE', '2025-03-10', 9000, 45);"
      "INSERT INTO enrolment.event VALUES ('", participant, "', 1, 'ENROLLED', '2025-03-10', NULL, '', '", by,
      "', now())"));
  return participant;
}

c1::CreateAllocationListRequest NewList(const house::People& people, const std::string& stage) {
  c1::CreateAllocationListRequest request;
  request.set_request_id(NewId());
  request.set_study_id(people.study_id);
  request.set_stage(stage);
  return request;
}

c1::AllocateParticipantRequest NewAllocation(const testing::TestDatabase& database, const testing::Client& client,
                                             const house::People& people) {
  // There already where another scene came first.
  (void)client.Call<c1::AllocationList>(people.dora.token, "reprise.cohort.v1.CohortService/CreateAllocationList",
                                        NewList(people, "SCENE"));
  c1::AllocateParticipantRequest request;
  request.set_request_id(NewId());
  request.set_participant_id(Enrolled(database, people));
  (*request.mutable_factors())["age"] = "1";
  return request;
}

template <typename Request>
Scene Both(const house::Person& who, const Request& request, const Request& other) {
  Scene scene{.who = who, .request = std::make_unique<Request>(request), .other = std::make_unique<Request>(other)};
  return scene;
}

}  // namespace

Scene CohortScene(const Method& method, const testing::TestDatabase& database, const testing::Client& client,
                  const house::People& people) {
  const std::string& name = method.descriptor->name();
  if (method.service != "cohort") return {};
  ApplyProtocol(database, people);
  if (name == "CreateAllocationList") {
    auto request = NewList(people, "SCENE2"), other = request;
    other.set_stage("SCENE3");
    return Both(people.dora, request, other);
  }
  auto allocation = NewAllocation(database, client, people);
  if (name == "AllocateParticipant") {
    auto other = allocation;
    (*other.mutable_factors())["age"] = "2";
    return Both(people.coline, allocation, other);
  }
  (void)client.Call<c1::Allocation>(people.coline.token, "reprise.cohort.v1.CohortService/AllocateParticipant",
                                    allocation);
  c1::CorrectStratumRequest correction;
  correction.set_request_id(NewId());
  correction.set_participant_id(allocation.participant_id());
  (*correction.mutable_factors())["age"] = "2";
  correction.set_change_reason("Misread.");
  auto other = correction;
  other.set_change_reason("Misheard.");
  return Both(people.coline, correction, other);
}

}  // namespace reprise::conformance
