// SPDX-License-Identifier: Apache-2.0
// What pages read of participations: notes, consents, physicians, and participants by stage and status.
#include <gmock/gmock.h>

#include <functional>
#include <map>
#include <vector>

#include "absl/strings/str_cat.h"

#include "tests/house/enrolment_house.h"

namespace reprise::enrolment {
namespace {

using absl::StatusCode;
using house::NewId;
using reprise::testing::HasViolation;
using reprise::testing::IsOk;
using reprise::testing::StatusIs;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

class ListParticipantNotesTest : public EnrolmentHouse {
 protected:
  static absl::StatusOr<v1::ListParticipantNotesResponse> Notes(const Person& who, const std::string& participant_id) {
    v1::ListParticipantNotesRequest request;
    request.set_participant_id(participant_id);
    return Ask<v1::ListParticipantNotesResponse>(who, "ListParticipantNotes", request);
  }
  static void Note(const Person& who, const std::string& participant_id, const std::string& text) {
    v1::AddParticipantNoteRequest request;
    request.set_request_id(NewId());
    request.set_participant_id(participant_id);
    request.set_text(text);
    EXPECT_THAT(Ask<v1::ParticipantNote>(who, "AddParticipantNote", request), IsOk());
  }
};

TEST_F(ListParticipantNotesTest, ShowsThemNewestFirstWithTheirAuthorsAndRecordsTheReading) {
  const std::string her = Consented();
  const auto none = Notes(people().coline, her);
  ASSERT_THAT(none, IsOk());
  EXPECT_EQ(none->notes_size(), 0);
  Note(people().coline, her, "Rappeler jeudi.");
  Note(people().coline, her, "Rappelée.");
  const auto notes = Notes(people().coline, her);
  ASSERT_THAT(notes, IsOk());
  ASSERT_EQ(notes->notes_size(), 2);
  EXPECT_EQ(notes->notes(0).text(), "Rappelée.");
  EXPECT_EQ(notes->notes(1).text(), "Rappeler jeudi.");
  EXPECT_EQ(notes->notes(0).participant_id(), her);
  EXPECT_EQ(notes->notes(0).written_by(), people().coline.user_id);
  EXPECT_EQ(notes->notes(0).written_by_name(),
            database().Value("SELECT display_name FROM access.account WHERE user_id = '" + people().coline.user_id + "'"));
  EXPECT_EQ(Audited("note.read", her), 2);
}

TEST_F(ListParticipantNotesTest, IsRefusedWithoutTheRightAndOutOfSight) {
  const std::string her = Consented();
  for (const Person& who : {people().bob, people().dora, people().rachel, people().paula}) {
    EXPECT_THAT(Notes(who, her), StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING")) << who.login_name;
  }
  EXPECT_THAT(Notes(people().simone, her), StatusIs(StatusCode::kNotFound, "PARTICIPANT_NOT_FOUND"));
  EXPECT_THAT(Notes(people().pascale, her), StatusIs(StatusCode::kNotFound, "PARTICIPANT_NOT_FOUND"));
  EXPECT_THAT(Notes(people().pascale, people().paula_id), IsOk());
  EXPECT_THAT(Notes(people().coline, NewId()), StatusIs(StatusCode::kNotFound, "PARTICIPANT_NOT_FOUND"));
}

class ListConsentsTest : public EnrolmentHouse {
 protected:
  static v1::ListConsentsRequest Request() {
    v1::ListConsentsRequest request;
    request.set_study_id(people().study_id);
    request.set_page_size(1000);
    return request;
  }
  static absl::StatusOr<v1::ListConsentsResponse> List(const Person& who, const v1::ListConsentsRequest& request) {
    return Ask<v1::ListConsentsResponse>(who, "ListConsents", request);
  }
  // "version>wanted" by participant.
  static std::map<std::string, std::string> Standings(const v1::ListConsentsRequest& request) {
    const auto list = List(people().coline, request);
    EXPECT_THAT(list, IsOk());
    std::map<std::string, std::string> lines;
    if (!list.ok()) return lines;
    for (const v1::ConsentStanding& standing : list->consents()) {
      if (standing.consent().form() != "CONSENT") continue;  // the people of the house have signed another
      EXPECT_EQ(standing.renewal_due(), standing.has_renewal_due_date());
      lines[standing.consent().participant_id()] =
          absl::StrCat(standing.consent().form_version(), ">", standing.renewal_form_version());
    }
    return lines;
  }
  static void Renew(const std::string& participant_id) {
    v1::RenewConsentRequest request;
    request.set_request_id(NewId());
    request.set_participant_id(participant_id);
    request.set_form("CONSENT");
    request.set_form_version("2.0");
    *request.mutable_signed_date() = On(2026, 1, 15);
    request.set_mode(v1::CONSENT_MODE_ELECTRONIC);
    EXPECT_THAT(Ask<v1::Consent>(people().coline, "RenewConsent", request), IsOk());
  }
};

TEST_F(ListConsentsTest, TellsWhoHasToSignAnewSinceWhen) {
  const std::string due = Consented(), renewed = Consented(), withdrawn = Consented();
  Renew(renewed);
  ASSERT_THAT(Ask<v1::Participation>(people().coline, "WithdrawParticipant",
                                     Withdrawal(withdrawn, v1::WITHDRAWAL_KIND_ALL)), IsOk());
  auto standings = Standings(Request());
  EXPECT_EQ(standings[due], "1.0>2.0");
  EXPECT_EQ(standings[renewed], "2.0>");
  EXPECT_EQ(standings[withdrawn], "1.0>") << "she signs nothing any more";
  v1::ListConsentsRequest only_due = Request();
  only_due.set_only_due(true);
  standings = Standings(only_due);
  EXPECT_EQ(standings.count(due), 1u);
  EXPECT_EQ(standings.count(renewed) + standings.count(withdrawn), 0u);
  const auto list = List(people().coline, only_due);
  ASSERT_THAT(list, IsOk());
  for (const v1::ConsentStanding& standing : list->consents()) {
    EXPECT_EQ(standing.renewal_due_date().DebugString(), On(2026, 1, 1).DebugString());
    EXPECT_EQ(standing.site_id(), people().lyon_id);
    EXPECT_EQ(standing.participant_code().substr(0, 4), "LYO-");
  }
}

TEST_F(ListConsentsTest, TurnsPagesOfParticipants) {
  Consented();
  Consented();
  std::vector<std::string> codes;
  v1::ListConsentsRequest request = Request();
  request.set_page_size(1);
  do {
    const auto page = List(people().coline, request);
    ASSERT_THAT(page, IsOk());
    for (const v1::ConsentStanding& standing : page->consents()) codes.push_back(standing.participant_code());
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  const auto whole = List(people().coline, Request());
  ASSERT_THAT(whole, IsOk());
  std::vector<std::string> expected;
  for (const v1::ConsentStanding& standing : whole->consents()) expected.push_back(standing.participant_code());
  EXPECT_EQ(codes, expected);
}

TEST_F(ListConsentsTest, IsRefusedWithoutTheRightAndOutOfSight) {
  const std::string her = Consented();
  EXPECT_THAT(List(people().paula, Request()), StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
  EXPECT_THAT(List(people().olga, Request()), StatusIs(StatusCode::kPermissionDenied, "OUT_OF_SCOPE"));
  v1::ListConsentsRequest lyon = Request();
  lyon.set_site_id(people().lyon_id);
  EXPECT_THAT(List(people().simone, lyon), StatusIs(StatusCode::kPermissionDenied, "OUT_OF_SCOPE"));
  const auto elsewhere = List(people().simone, Request());
  ASSERT_THAT(elsewhere, IsOk());
  for (const v1::ConsentStanding& standing : elsewhere->consents()) {
    EXPECT_NE(standing.site_id(), people().lyon_id);
  }
  v1::ListConsentsRequest odd = Request();
  odd.set_page_size(1001);
  EXPECT_THAT(List(people().coline, odd), HasViolation("page_size", "PAGE_SIZE_INVALID"));
  odd = Request();
  odd.set_page_token("?");
  EXPECT_THAT(List(people().coline, odd), HasViolation("page_token", "PAGE_TOKEN_INVALID"));
}

class ListAssignedPhysiciansTest : public EnrolmentHouse {
 protected:
  static absl::StatusOr<v1::ListPhysiciansResponse> Assigned(const Person& who, const std::string& participant_id) {
    v1::ListAssignedPhysiciansRequest request;
    request.set_participant_id(participant_id);
    return Ask<v1::ListPhysiciansResponse>(who, "ListAssignedPhysicians", request);
  }
};

TEST_F(ListAssignedPhysiciansTest, ShowsWhoSeesHerNow) {
  const std::string her = Consented();
  ASSERT_THAT(Assigned(people().coline, her), IsOk());
  EXPECT_EQ(Assigned(people().coline, her)->physicians_size(), 0);
  v1::AssignPhysicianRequest assign;
  assign.set_request_id(NewId());
  assign.set_participant_id(her);
  assign.set_user_id(people().pascale.user_id);
  ASSERT_THAT(Ask<v1::Participant>(people().coline, "AssignPhysician", assign), IsOk());
  const auto assigned = Assigned(people().coline, her);
  ASSERT_EQ(assigned->physicians_size(), 1);
  EXPECT_EQ(assigned->physicians(0).user_id(), people().pascale.user_id);
  EXPECT_FALSE(assigned->physicians(0).display_name().empty());
  v1::UnassignPhysicianRequest unassign;
  unassign.set_request_id(NewId());
  unassign.set_participant_id(her);
  unassign.set_user_id(people().pascale.user_id);
  ASSERT_THAT(Ask<v1::Participant>(people().coline, "UnassignPhysician", unassign), IsOk());
  EXPECT_EQ(Assigned(people().coline, her)->physicians_size(), 0);
}

TEST_F(ListAssignedPhysiciansTest, IsRefusedWithoutTheRightAndOutOfSight) {
  EXPECT_THAT(Assigned(people().pascale, people().paula_id),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
  EXPECT_THAT(Assigned(people().simone, people().paula_id),
              StatusIs(StatusCode::kNotFound, "PARTICIPANT_NOT_FOUND"));
}

class FilterParticipantsTest : public EnrolmentHouse {
 protected:
  static v1::ListParticipantsRequest Request() {
    v1::ListParticipantsRequest request;
    request.set_study_id(people().study_id);
    return request;
  }
  // All pages of `size`.
  static std::vector<std::string> Ids(v1::ListParticipantsRequest request, int size = 1000) {
    std::vector<std::string> ids;
    request.set_page_size(size);
    do {
      const auto page = Ask<v1::ListParticipantsResponse>(people().coline, "ListParticipants", request);
      EXPECT_THAT(page, IsOk());
      if (!page.ok()) return ids;
      EXPECT_LE(page->participants_size(), size);
      for (const v1::Participant& participant : page->participants()) ids.push_back(participant.participant_id());
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return ids;
  }
};

TEST_F(FilterParticipantsTest, ChoosesByStageAndStatus) {
  v1::ScreenCandidateRequest main = Screening();
  main.set_stage("MAIN");
  const std::string in_main = Consented(main), consented = Consented(), enrolled = Enrolled();
  v1::ListParticipantsRequest request = Request();
  request.set_stage("MAIN");
  EXPECT_THAT(Ids(request), Contains(in_main));
  EXPECT_THAT(Ids(request), Not(Contains(consented)));
  request.set_stage("PILOT");
  request.add_statuses(v1::PARTICIPANT_STATUS_ENROLLED);
  EXPECT_THAT(Ids(request), Contains(enrolled));
  EXPECT_THAT(Ids(request), Not(Contains(consented)));
  request.add_statuses(v1::PARTICIPANT_STATUS_CONSENTED);
  EXPECT_THAT(Ids(request), Contains(consented));
  EXPECT_EQ(Ids(request, 1), Ids(request)) << "pages hold as many as asked for, whoever lies between";
  request.set_stage("NOWHERE");
  EXPECT_THAT(Ids(request), IsEmpty());
}

TEST_F(FilterParticipantsTest, RefusesAStatusThatIsNone) {
  v1::ListParticipantsRequest request = Request();
  request.add_statuses(v1::PARTICIPANT_STATUS_ENROLLED);
  request.add_statuses(static_cast<v1::ParticipantStatus>(99));
  EXPECT_THAT(Ask<v1::ListParticipantsResponse>(people().coline, "ListParticipants", request),
              HasViolation("statuses[1]", "STATUS_INVALID"));
}

TEST_F(FilterParticipantsTest, GetParticipationSaysWhoSheIs) {
  const std::string her = Enrolled();
  v1::GetParticipationRequest request;
  request.set_participant_id(her);
  const auto found = Ask<v1::Participation>(people().coline, "GetParticipation", request);
  ASSERT_THAT(found, IsOk());
  EXPECT_EQ(found->code(), database().Value("SELECT code FROM enrolment.participant WHERE participant_id = '" + her + "'"));
  EXPECT_EQ(found->study_id(), people().study_id);
  EXPECT_EQ(found->site_id(), people().lyon_id);
  EXPECT_EQ(found->stage(), "PILOT");
  EXPECT_EQ(found->consent_date().DebugString(), On(2025, 3, 10).DebugString());
}

}  // namespace
}  // namespace reprise::enrolment
