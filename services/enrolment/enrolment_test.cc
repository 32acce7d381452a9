// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "reprise/enrolment/v1/enrolment_service.pb.h"

#include "tests/house/enrolment_house.h"

namespace reprise::enrolment {
namespace {

using absl::StatusCode;
using house::NewId;
using house::Person;
using reprise::testing::HasViolation;
using reprise::testing::IsOk;
using reprise::testing::StatusIs;

constexpr char kList[] = "reprise.enrolment.v1.EnrolmentService/ListParticipants";
constexpr char kAssign[] = "reprise.enrolment.v1.EnrolmentService/AssignPhysician";
constexpr char kUnassign[] = "reprise.enrolment.v1.EnrolmentService/UnassignPhysician";
constexpr char kListPhysicians[] = "reprise.enrolment.v1.EnrolmentService/ListPhysicians";

class EnrolmentTest : public EnrolmentHouse {
 protected:
  static v1::ListParticipantsRequest OfStudy(const std::string& study_id) {
    v1::ListParticipantsRequest request;
    request.set_study_id(study_id);
    return request;
  }
  // Ids in the order of the answer.
  static std::vector<std::string> Seen(const Person& who, const v1::ListParticipantsRequest& request) {
    const auto page = Call<v1::ListParticipantsResponse>(who, kList, request);
    EXPECT_THAT(page, IsOk());
    std::vector<std::string> ids;
    if (page.ok()) {
      for (const v1::Participant& participant : page->participants()) {
        ids.push_back(participant.participant_id());
      }
    }
    return ids;
  }
  static absl::StatusOr<v1::Participant> Assign(const Person& who, const std::string& participant_id,
                                                const std::string& user_id) {
    v1::AssignPhysicianRequest request;
    request.set_request_id(NewId());
    request.set_participant_id(participant_id);
    request.set_user_id(user_id);
    return Call<v1::Participant>(who, kAssign, request);
  }
  static absl::StatusOr<v1::Participant> Unassign(const Person& who, const std::string& participant_id,
                                                  const std::string& user_id) {
    v1::UnassignPhysicianRequest request;
    request.set_request_id(NewId());
    request.set_participant_id(participant_id);
    request.set_user_id(user_id);
    return Call<v1::Participant>(who, kUnassign, request);
  }
};

using ListParticipantsTest = EnrolmentTest;
using AssignPhysicianTest = EnrolmentTest;
using ListPhysiciansTest = EnrolmentTest;

TEST_F(ListParticipantsTest, IsRefusedWithoutTheRightOrInAnotherStudy) {
  EXPECT_THAT(Call<v1::ListParticipantsResponse>(people().chelsea, kList, OfStudy(people().study_id)),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
  EXPECT_THAT(Call<v1::ListParticipantsResponse>(people().olga, kList, OfStudy(people().study_id)),
              StatusIs(StatusCode::kPermissionDenied, "OUT_OF_SCOPE"));
}

TEST_F(ListParticipantsTest, ShowsEachHerOwn) {
  const auto request = OfStudy(people().study_id);
  EXPECT_THAT(Seen(people().bob, request),
              ::testing::IsSupersetOf({people().paula_id, people().second_id, people().third_id}));
  EXPECT_THAT(Seen(people().coline, request),
              ::testing::AllOf(::testing::Contains(people().second_id),
                               ::testing::Not(::testing::Contains(people().third_id))));
  EXPECT_THAT(Seen(people().simone, request), ::testing::Not(::testing::Contains(people().paula_id)));
  EXPECT_THAT(Seen(people().pascale, request), ::testing::ElementsAre(people().paula_id));
}

TEST_F(ListParticipantsTest, IsRefusedAtASiteOutOfReach) {
  auto request = OfStudy(people().study_id);
  request.set_site_id(people().saint_etienne_id);
  EXPECT_THAT(Call<v1::ListParticipantsResponse>(people().coline, kList, request),
              StatusIs(StatusCode::kPermissionDenied, "OUT_OF_SCOPE"));
  EXPECT_THAT(Seen(people().bob, request), ::testing::Not(::testing::Contains(people().paula_id)));
}

TEST_F(ListParticipantsTest, TurnsPagesByCode) {
  auto request = OfStudy(people().study_id);
  const std::vector<std::string> whole = Seen(people().bob, request);
  std::vector<std::string> paged;
  request.set_page_size(2);
  do {
    const auto page = Call<v1::ListParticipantsResponse>(people().bob, kList, request);
    ASSERT_THAT(page, IsOk());
    for (const auto& participant : page->participants()) paged.push_back(participant.participant_id());
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(paged, whole);
  request.set_page_size(1001);
  EXPECT_THAT(Call<v1::ListParticipantsResponse>(people().bob, kList, request),
              StatusIs(StatusCode::kInvalidArgument, "PAGE_SIZE_INVALID"));
  request.set_page_size(1);
  request.set_page_token("~");
  EXPECT_THAT(Call<v1::ListParticipantsResponse>(people().bob, kList, request),
              StatusIs(StatusCode::kInvalidArgument, "PAGE_TOKEN_INVALID"));
}

TEST_F(AssignPhysicianTest, IsRefusedWithoutTheRightAndOutOfSight) {
  EXPECT_THAT(Assign(people().bob, people().second_id, people().pascale.user_id),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
  EXPECT_THAT(Assign(people().coline, people().third_id, people().pascale.user_id),
              StatusIs(StatusCode::kNotFound, "PARTICIPANT_NOT_FOUND"));
  EXPECT_THAT(Assign(people().coline, NewId(), people().pascale.user_id),
              StatusIs(StatusCode::kNotFound, "PARTICIPANT_NOT_FOUND"));
}

TEST_F(AssignPhysicianTest, GivesSightOfTheParticipantAndRecordsIt) {
  const std::string participant_id = Consented();
  const std::string& physician = people().pascale.user_id;
  const int before = Audited("participant.assign", physician);
  EXPECT_THAT(Assign(people().coline, participant_id, physician), IsOk());
  EXPECT_EQ(Audited("participant.assign", physician), before + 1);
  EXPECT_THAT(Assign(people().coline, participant_id, physician),
              StatusIs(StatusCode::kAlreadyExists, "PHYSICIAN_ASSIGNED"));
  EXPECT_EQ(Audited("participant.assign", physician), before + 1);
  EXPECT_THAT(Seen(people().pascale, OfStudy(people().study_id)),
              ::testing::Contains(participant_id));
  // Scenario 30: the former physician loses access.
  EXPECT_THAT(Unassign(people().coline, participant_id, physician), IsOk());
  EXPECT_EQ(Audited("participant.unassign", physician), 1);
  EXPECT_THAT(Seen(people().pascale, OfStudy(people().study_id)),
              ::testing::Not(::testing::Contains(participant_id)));
  EXPECT_THAT(Unassign(people().coline, participant_id, physician),
              StatusIs(StatusCode::kNotFound, "PHYSICIAN_NOT_ASSIGNED"));
}

TEST_F(AssignPhysicianTest, IsRefusedForAnybodyElseThanAPhysicianOfTheSite) {
  for (const std::string& user_id : {NewId(), people().rachel.user_id, people().coline.user_id}) {
    EXPECT_THAT(Assign(people().coline, people().second_id, user_id),
                StatusIs(StatusCode::kNotFound, "PHYSICIAN_UNKNOWN"));
  }
  // Pascale's delegation is for Lyon.
  EXPECT_THAT(Assign(people().simone, people().third_id, people().pascale.user_id),
              StatusIs(StatusCode::kNotFound, "PHYSICIAN_UNKNOWN"));
}

TEST_F(ListPhysiciansTest, ShowsThoseOfTheSiteToItsCoordinator) {
  v1::ListPhysiciansRequest request;
  request.set_study_id(people().study_id);
  request.set_site_id(people().lyon_id);
  const auto at_lyon = Call<v1::ListPhysiciansResponse>(people().coline, kListPhysicians, request);
  ASSERT_THAT(at_lyon, IsOk());
  ASSERT_EQ(at_lyon->physicians_size(), 1);
  EXPECT_EQ(at_lyon->physicians(0).user_id(), people().pascale.user_id);
  EXPECT_EQ(at_lyon->physicians(0).display_name(), "pascale");
  EXPECT_THAT(Call<v1::ListPhysiciansResponse>(people().simone, kListPhysicians, request),
              StatusIs(StatusCode::kPermissionDenied, "OUT_OF_SCOPE"));
  EXPECT_THAT(Call<v1::ListPhysiciansResponse>(people().rachel, kListPhysicians, request),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
  request.set_site_id(people().saint_etienne_id);
  const auto at_ste = Call<v1::ListPhysiciansResponse>(people().simone, kListPhysicians, request);
  ASSERT_THAT(at_ste, IsOk());
  EXPECT_EQ(at_ste->physicians_size(), 0);
}

// The second line behind the permissions: hand-written SQL as the service's own role.
TEST_F(ListParticipantsTest, IsKeptByRowLevelSecurityAgainstHandWrittenSql) {
  const std::string count = "SELECT count(*) FROM enrolment.participant";
  const auto seen = [&](const std::string& settings) {
    const auto rows = database().SqlAs("reprise_enrolment", settings + count);
    EXPECT_THAT(rows, IsOk());
    return rows.ok() ? (*rows)[0][0] : "";
  };
  EXPECT_EQ(seen(""), "0");
  EXPECT_EQ(seen(absl::StrCat("SET app.scope = '", people().study_id, "/", NewId(), "';")), "0");
  EXPECT_EQ(seen(absl::StrCat("SET app.scope = '", people().study_id, "/", people().lyon_id, "';")),
            database().Value("SELECT count(*) FROM enrolment.participant WHERE code LIKE 'LYO-%'"));
  EXPECT_EQ(seen(absl::StrCat("SET app.own_participant = '", people().paula_id, "';")), "1");
  EXPECT_EQ(seen(absl::StrCat("SET app.assigned_scope = '", people().study_id, "/", people().lyon_id,
                              "'; SET app.actor = '", people().pascale.user_id, "';")),
            "1");
  // A physician's scope is not a coordinator's, and nobody erases.
  EXPECT_THAT(database().SqlAs("reprise_enrolment", "DELETE FROM enrolment.participant"),
              StatusIs(StatusCode::kUnknown, "42501"));
  EXPECT_THAT(database().SqlAs("reprise_enrolment", "UPDATE enrolment.participant SET code = 'X'"),
              StatusIs(StatusCode::kUnknown, "42501"));
  EXPECT_THAT(database().SqlAs("reprise_enrolment", "SELECT * FROM access.account"),
              StatusIs(StatusCode::kUnknown, "42501"));
}

}  // namespace
}  // namespace reprise::enrolment
