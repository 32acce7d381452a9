// SPDX-License-Identifier: Apache-2.0
// Consents and enrolment over RPC.
#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

#include "absl/strings/str_cat.h"

#include "services/platform/error/error.h"
#include "tests/house/enrolment_house.h"

namespace reprise::enrolment {
namespace {

using absl::StatusCode;
using house::NewId;
using reprise::testing::HasViolation;
using reprise::testing::IsOk;
using reprise::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class RecordConsentTest : public EnrolmentHouse {
 protected:
  static absl::StatusOr<v1::Participant> Sign(const v1::RecordConsentRequest& request) {
    return Ask<v1::Participant>(people().coline, "RecordConsent", request);
  }
};
class RenewConsentTest : public EnrolmentHouse {
 protected:
  static v1::RenewConsentRequest Renewal(const std::string& participant_id) {
    v1::RenewConsentRequest request;
    request.set_request_id(NewId());
    request.set_participant_id(participant_id);
    request.set_form("CONSENT");
    request.set_form_version("2.0");
    *request.mutable_signed_date() = On(2026, 1, 15);
    request.set_mode(v1::CONSENT_MODE_ELECTRONIC);
    return request;
  }
  static absl::StatusOr<v1::Consent> Renew(const v1::RenewConsentRequest& request) {
    return Ask<v1::Consent>(people().coline, "RenewConsent", request);
  }
  static std::vector<std::string> ToRenew(const std::string& participant_id) {
    v1::GetParticipationRequest request;
    request.set_participant_id(participant_id);
    const auto found = Ask<v1::Participation>(people().coline, "GetParticipation", request);
    EXPECT_THAT(found, IsOk());
    if (!found.ok()) return {"?"};
    return {found->consents_to_renew().begin(), found->consents_to_renew().end()};
  }
};
class EnrolParticipantTest : public EnrolmentHouse {
 protected:
  static absl::StatusOr<v1::Participation> Enrol(const v1::EnrolParticipantRequest& request) {
    return Ask<v1::Participation>(people().coline, "EnrolParticipant", request);
  }
};

TEST_F(RecordConsentTest, IsRefusedWithoutTheRightAndOutOfSight) {
  const std::string screening_id = Screened();
  EXPECT_THAT(Ask<v1::Participant>(people().bob, "RecordConsent", Consent(screening_id)),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
  EXPECT_THAT(Ask<v1::Participant>(people().simone, "RecordConsent", Consent(screening_id)),
              StatusIs(StatusCode::kNotFound, "SCREENING_NOT_FOUND"));
  EXPECT_THAT(Sign(Consent(NewId())), StatusIs(StatusCode::kNotFound, "SCREENING_NOT_FOUND"));
}

TEST_F(RecordConsentTest, MakesAParticipantAndRecordsIt) {
  const std::string screening_id = Screened();
  const auto participant = Sign(Consent(screening_id));
  ASSERT_THAT(participant, IsOk());
  EXPECT_EQ(participant->code().substr(0, 4), "LYO-");
  EXPECT_EQ(participant->stage(), "PILOT");
  EXPECT_EQ(participant->status(), v1::PARTICIPANT_STATUS_CONSENTED);
  EXPECT_EQ(participant->consent_date().day(), 10);
  EXPECT_EQ(database().Value(absl::StrCat("SELECT count(*) FROM audit.event WHERE action = 'consent.record' AND "
                                          "participant_id = '", participant->participant_id(), "'")),
            "1");
  EXPECT_THAT(Sign(Consent(screening_id)), StatusIs(StatusCode::kFailedPrecondition, "SCREENING_CONSENTED"));
  // By version 2, whose successor is live today, and her age on the day: born on 1980-02-20.
  EXPECT_EQ(database().Value(absl::StrCat("SELECT protocol_version || '/' || age_at_consent FROM "
                                          "enrolment.participant WHERE participant_id = '",
                                          participant->participant_id(), "'")),
            "2/45");
}

TEST_F(RecordConsentTest, AnswersARepetitionWithTheFirstParticipant) {
  const auto request = Consent(Screened());
  const auto first = Sign(request);
  ASSERT_THAT(first, IsOk());
  const auto again = Sign(request);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->code(), first->code());
}

TEST_F(RecordConsentTest, NeedsAnEligibleIdentifiedCandidateWhoDidNotDecline) {
  auto ineligible = Screening();
  ineligible.add_failed_criteria("METASTATIC");
  EXPECT_THAT(Sign(Consent(Screened(ineligible))),
              StatusIs(StatusCode::kFailedPrecondition, "SCREENING_INELIGIBLE"));
  auto nameless = Screening();
  nameless.clear_identity();
  EXPECT_THAT(Sign(Consent(Screened(nameless))), StatusIs(StatusCode::kFailedPrecondition, "IDENTITY_MISSING"));
  v1::DeclineCandidateRequest decline;
  decline.set_request_id(NewId());
  decline.set_screening_id(Screened());
  decline.set_reason("NO_TIME");
  ASSERT_THAT(Ask<v1::Screening>(people().coline, "DeclineCandidate", decline), IsOk());
  EXPECT_THAT(Sign(Consent(decline.screening_id())),
              StatusIs(StatusCode::kFailedPrecondition, "SCREENING_DECLINED"));
}

// Scenario 14 for consents; an inspection looks here first.
TEST_F(RecordConsentTest, NamesTheDayThatCannotBe) {
  struct Case {
    const char* name;
    google::type::Date day;
    StatusCode code;
    const char* reason;
  };
  const Case kCases[] = {
      {"future", On(9998, 1, 1), StatusCode::kInvalidArgument, "DATE_IN_FUTURE"},
      {"before the screening", On(2025, 3, 2), StatusCode::kInvalidArgument, "DATE_BEFORE_SCREENING"},
      {"no day of the calendar", On(2025, 2, 30), StatusCode::kInvalidArgument, "DATE_INVALID"}};
  const std::string screening_id = Screened();
  for (const Case& c : kCases) {
    SCOPED_TRACE(c.name);
    auto request = Consent(screening_id);
    *request.mutable_signed_date() = c.day;
    const auto refused = Sign(request);
    EXPECT_THAT(refused, StatusIs(c.code, c.reason));
    EXPECT_THAT(refused, HasViolation("signed_date", c.reason));
  }
  EXPECT_THAT(Sign(Consent(screening_id)), IsOk());
}

// Scenario 38, first half.
TEST_F(RecordConsentTest, RefusesAFormOutsideItsDaysAndSaysWhich) {
  const std::string screening_id = Screened();
  auto request = Consent(screening_id);
  *request.mutable_signed_date() = On(2026, 1, 1);
  const auto expired = Sign(request);
  EXPECT_THAT(expired, StatusIs(StatusCode::kFailedPrecondition, "CONSENT_FORM_EXPIRED"));
  const auto found = error::DetailOf(expired.status()).metadata;
  EXPECT_EQ(found.at("form"), "CONSENT");
  EXPECT_EQ(found.at("form_version"), "1.0");
  EXPECT_EQ(found.at("last_date"), "2025-12-31");
  request = Consent(screening_id);
  request.set_form_version("2.0");
  EXPECT_THAT(Sign(request), StatusIs(StatusCode::kFailedPrecondition, "CONSENT_FORM_NOT_YET_VALID"));
  request.set_form_version("9");
  EXPECT_THAT(Sign(request), StatusIs(StatusCode::kInvalidArgument, "CONSENT_FORM_UNKNOWN"));
  request = Consent(screening_id);
  *request.mutable_signed_date() = On(2025, 12, 31);
  EXPECT_THAT(Sign(request), IsOk());
}

TEST_F(RecordConsentTest, NeedsTheOpinionOfTheEthicsCommittee) {
  auto early = Screening();
  *early.mutable_screened_date() = On(2025, 1, 10);
  const std::string screening_id = Screened(early);
  auto request = Consent(screening_id);
  *request.mutable_signed_date() = On(2025, 1, 14);
  EXPECT_THAT(Sign(request), StatusIs(StatusCode::kFailedPrecondition, "ETHICS_OPINION_MISSING"));
  request.set_request_id(NewId());
  *request.mutable_signed_date() = On(2025, 1, 15);
  EXPECT_THAT(Sign(request), IsOk());
}

TEST_F(RecordConsentTest, NeedsAnOpenStageAndSite) {
  auto needs = Screening();
  needs.set_stage("NEEDS");
  *needs.mutable_screened_date() = On(2025, 6, 30);
  auto request = Consent(Screened(needs));
  *request.mutable_signed_date() = On(2025, 7, 1);
  EXPECT_THAT(Sign(request), StatusIs(StatusCode::kFailedPrecondition, "STAGE_NOT_OPEN"));

  auto at_ste = AtSaintEtienne(Screening());
  *at_ste.mutable_screened_date() = On(2026, 5, 31);
  const auto screening = Ask<v1::Screening>(people().simone, "ScreenCandidate", at_ste);
  ASSERT_THAT(screening, IsOk());
  request = Consent(screening->screening_id());
  request.set_form_version("2.0");
  *request.mutable_signed_date() = On(2026, 6, 1);
  EXPECT_THAT(Ask<v1::Participant>(people().simone, "RecordConsent", request),
              StatusIs(StatusCode::kFailedPrecondition, "SITE_NOT_OPEN"));
}

TEST_F(RecordConsentTest, NeedsFormModeAndCodedScopes) {
  auto request = Consent(Screened());
  request.clear_form();
  EXPECT_THAT(Sign(request), HasViolation("form", "FIELD_REQUIRED"));
  request = Consent(request.screening_id());
  request.clear_form_version();
  EXPECT_THAT(Sign(request), HasViolation("form_version", "FIELD_REQUIRED"));
  request = Consent(request.screening_id());
  request.clear_mode();
  EXPECT_THAT(Sign(request), HasViolation("mode", "FIELD_REQUIRED"));
  request = Consent(request.screening_id());
  request.add_scopes("call her brother");
  EXPECT_THAT(Sign(request), HasViolation("scopes[1]", "CODE_MALFORMED"));
}

TEST_F(RecordConsentTest, GivesNoCodeTwiceToConcurrentCallers) {
  std::vector<std::string> screenings;
  for (int i = 0; i < 12; ++i) screenings.push_back(Screened());
  std::vector<std::string> codes(screenings.size());
  std::vector<std::thread> threads;
  for (size_t i = 0; i < screenings.size(); ++i) {
    threads.emplace_back([&, i] {
      const auto made = Sign(Consent(screenings[i]));
      EXPECT_THAT(made, IsOk());
      if (made.ok()) codes[i] = made->code();
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::sort(codes.begin(), codes.end());
  EXPECT_EQ(std::adjacent_find(codes.begin(), codes.end()), codes.end());
}

// Scenario 38, second half.
TEST_F(RenewConsentTest, TakesTheParticipantOffTheQueueAndRecordsIt) {
  const std::string participant_id = Consented();
  EXPECT_THAT(ToRenew(participant_id), ElementsAre("CONSENT"));
  const auto renewed = Renew(Renewal(participant_id));
  ASSERT_THAT(renewed, IsOk());
  EXPECT_EQ(Audited("consent.renew", renewed->consent_id()), 1);
  EXPECT_THAT(ToRenew(participant_id), IsEmpty());
  EXPECT_THAT(Renew(Renewal(participant_id)), StatusIs(StatusCode::kAlreadyExists, "CONSENT_EXISTS"));
}

TEST_F(RenewConsentTest, IsRefusedWithoutTheRightAndOutOfSight) {
  const std::string participant_id = Consented();
  EXPECT_THAT(Ask<v1::Consent>(people().bob, "RenewConsent", Renewal(participant_id)),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
  EXPECT_THAT(Ask<v1::Consent>(people().simone, "RenewConsent", Renewal(participant_id)),
              StatusIs(StatusCode::kNotFound, "PARTICIPANT_NOT_FOUND"));
}

TEST_F(RenewConsentTest, IsRefusedOnADayOrFormThatCannotBe) {
  const std::string participant_id = Consented();
  auto request = Renewal(participant_id);
  *request.mutable_signed_date() = On(9998, 1, 1);
  EXPECT_THAT(Renew(request), HasViolation("signed_date", "DATE_IN_FUTURE"));
  *request.mutable_signed_date() = On(2025, 3, 9);
  EXPECT_THAT(Renew(request), HasViolation("signed_date", "DATE_BEFORE_CONSENT"));
  *request.mutable_signed_date() = On(2025, 12, 31);
  EXPECT_THAT(Renew(request), StatusIs(StatusCode::kFailedPrecondition, "CONSENT_FORM_NOT_YET_VALID"));
  ASSERT_THAT(Ask<v1::Participation>(people().coline, "WithdrawParticipant",
                                     Withdrawal(participant_id, v1::WITHDRAWAL_KIND_ALL)),
              IsOk());
  EXPECT_THAT(Renew(Renewal(participant_id)),
              StatusIs(StatusCode::kFailedPrecondition, "STATUS_TRANSITION_INVALID"));
  EXPECT_THAT(ToRenew(participant_id), IsEmpty());
}

TEST_F(EnrolParticipantTest, IsRefusedWithoutTheRightAndOutOfSight) {
  const std::string participant_id = Consented();
  EXPECT_THAT(Ask<v1::Participation>(people().bob, "EnrolParticipant", Enrolment(participant_id)),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
  EXPECT_THAT(Ask<v1::Participation>(people().simone, "EnrolParticipant", Enrolment(participant_id)),
              StatusIs(StatusCode::kNotFound, "PARTICIPANT_NOT_FOUND"));
}

TEST_F(EnrolParticipantTest, EnrolsOnceAndRecordsIt) {
  const std::string participant_id = Consented();
  const auto enrolled = Enrol(Enrolment(participant_id));
  ASSERT_THAT(enrolled, IsOk());
  EXPECT_EQ(enrolled->status(), v1::PARTICIPANT_STATUS_ENROLLED);
  EXPECT_EQ(enrolled->protocol_version(), 2);
  EXPECT_EQ(enrolled->age_at_consent(), 45);
  ASSERT_EQ(enrolled->events_size(), 2);
  EXPECT_EQ(enrolled->events(1).kind(), v1::LifecycleEvent::KIND_ENROLLED);
  ASSERT_EQ(enrolled->consents_size(), 1);
  EXPECT_EQ(enrolled->consents(0).scopes(0), "RECONTACT");
  EXPECT_EQ(Audited("participant.enrol", participant_id), 1);
  const auto again = Enrol(Enrolment(participant_id));
  EXPECT_THAT(again, StatusIs(StatusCode::kFailedPrecondition, "STATUS_TRANSITION_INVALID"));
  EXPECT_EQ(error::DetailOf(again.status()).metadata.at("status"), "ENROLLED");
}

TEST_F(EnrolParticipantTest, IsRefusedOnADayThatCannotBe) {
  const std::string participant_id = Consented();
  auto request = Enrolment(participant_id);
  *request.mutable_enrolled_date() = On(2025, 3, 9);
  EXPECT_THAT(Enrol(request), HasViolation("enrolled_date", "DATE_BEFORE_CONSENT"));
  *request.mutable_enrolled_date() = On(9998, 3, 9);
  EXPECT_THAT(Enrol(request), HasViolation("enrolled_date", "DATE_IN_FUTURE"));
}

TEST_F(EnrolParticipantTest, IsRefusedAtAClosedSite) {
  const auto screening =
      Ask<v1::Screening>(people().simone, "ScreenCandidate", AtSaintEtienne(Screening()));
  ASSERT_THAT(screening, IsOk());
  const auto participant =
      Ask<v1::Participant>(people().simone, "RecordConsent", Consent(screening->screening_id()));
  ASSERT_THAT(participant, IsOk());
  auto request = Enrolment(participant->participant_id());
  *request.mutable_enrolled_date() = On(2026, 6, 1);
  const auto refused = Ask<v1::Participation>(people().simone, "EnrolParticipant", request);
  EXPECT_THAT(refused, StatusIs(StatusCode::kFailedPrecondition, "SITE_NOT_OPEN"));
  EXPECT_EQ(error::DetailOf(refused.status()).metadata.at("closes_date"), "2026-05-31");
}

// Scenario 39: an amendment raised the limit from 55 to 60; each is judged by the version at her consent.
TEST_F(EnrolParticipantTest, JudgesTheAgeByTheVersionAtHerConsent) {
  struct Case {
    const char* name;
    google::type::Date born, signed_on;
    const char* form_version;
    bool eligible;
  };
  const Case kCases[] = {
      {"55 on the last day", On(1969, 3, 11), On(2025, 3, 10), "1.0", true},
      {"56 on her birthday", On(1969, 3, 10), On(2025, 3, 10), "1.0", false},
      {"18 on her birthday", On(2007, 3, 10), On(2025, 3, 10), "1.0", true},
      {"17 the day before", On(2007, 3, 11), On(2025, 3, 10), "1.0", false},
      {"58 under the amendment", On(1967, 6, 1), On(2026, 1, 5), "2.0", true},
      {"61 under the amendment", On(1965, 1, 5), On(2026, 1, 5), "2.0", false},
  };
  for (const Case& c : kCases) {
    SCOPED_TRACE(c.name);
    auto identity = Somebody();
    *identity.mutable_birth_date() = c.born;
    auto request = Consent(Screened(Screening(identity)));
    *request.mutable_signed_date() = c.signed_on;
    request.set_form_version(c.form_version);
    const auto participant = Ask<v1::Participant>(people().coline, "RecordConsent", request);
    ASSERT_THAT(participant, IsOk());
    auto enrolment = Enrolment(participant->participant_id());
    *enrolment.mutable_enrolled_date() = On(2026, 2, 2);
    const auto enrolled = Enrol(enrolment);
    if (c.eligible) {
      EXPECT_THAT(enrolled, IsOk());
    } else {
      EXPECT_THAT(enrolled, StatusIs(StatusCode::kFailedPrecondition, "AGE_NOT_ELIGIBLE"));
    }
  }
}

}  // namespace
}  // namespace reprise::enrolment
