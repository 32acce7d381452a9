// SPDX-License-Identifier: Apache-2.0
// Screening and the identity vault over RPC.
#include <gtest/gtest.h>

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

class ScreenCandidateTest : public EnrolmentHouse {
 protected:
  static absl::StatusOr<v1::Screening> Screen(const v1::ScreenCandidateRequest& request) {
    return Ask<v1::Screening>(people().coline, "ScreenCandidate", request);
  }
  static absl::StatusOr<v1::Screening> ScreenAtSaintEtienne(const v1::ScreenCandidateRequest& request) {
    return Ask<v1::Screening>(people().simone, "ScreenCandidate", AtSaintEtienne(request));
  }
};
class IdentifyCandidateTest : public ScreenCandidateTest {
 protected:
  static v1::IdentifyCandidateRequest Identification(const std::string& screening_id) {
    v1::IdentifyCandidateRequest request;
    request.set_request_id(NewId());
    request.set_screening_id(screening_id);
    *request.mutable_identity() = Somebody();
    return request;
  }
  static std::string Nameless() {
    auto request = Screening();
    request.clear_identity();
    return Screened(request);
  }
  static absl::StatusOr<v1::Screening> Identify(const v1::IdentifyCandidateRequest& request) {
    return Ask<v1::Screening>(people().coline, "IdentifyCandidate", request);
  }
};
class DeclineCandidateTest : public ScreenCandidateTest {
 protected:
  static v1::DeclineCandidateRequest Refusal(const std::string& screening_id) {
    v1::DeclineCandidateRequest request;
    request.set_request_id(NewId());
    request.set_screening_id(screening_id);
    request.set_reason("NO_TIME");
    return request;
  }
  static absl::StatusOr<v1::Screening> Decline(const v1::DeclineCandidateRequest& request) {
    return Ask<v1::Screening>(people().coline, "DeclineCandidate", request);
  }
};
using ListScreeningsTest = ScreenCandidateTest;

TEST_F(ScreenCandidateTest, IsRefusedWithoutTheRightOrAtAnotherSite) {
  EXPECT_THAT(Ask<v1::Screening>(people().bob, "ScreenCandidate", Screening()),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
  EXPECT_THAT(Screen(AtSaintEtienne(Screening())), StatusIs(StatusCode::kPermissionDenied, "OUT_OF_SCOPE"));
}

TEST_F(ScreenCandidateTest, NumbersTheAttemptAndRecordsIt) {
  auto request = Screening();
  request.add_failed_criteria("METASTATIC");
  request.add_failed_criteria("AGE");
  const auto first = Screen(request);
  ASSERT_THAT(first, IsOk());
  EXPECT_EQ(first->outcome(), v1::Screening::OUTCOME_INELIGIBLE);
  EXPECT_THAT(first->failed_criteria(), ::testing::ElementsAre("AGE", "METASTATIC"));
  EXPECT_TRUE(first->identified());
  EXPECT_EQ(Audited("screening.record", first->screening_id()), 1);
  const auto second = Screen(Screening());
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(second->number(), first->number() + 1);
  EXPECT_EQ(second->outcome(), v1::Screening::OUTCOME_ELIGIBLE);
}

TEST_F(ScreenCandidateTest, AnswersARepetitionWithTheFirstAttempt) {
  const auto request = Screening();
  const auto first = Screen(request);
  ASSERT_THAT(first, IsOk());
  const auto again = Screen(request);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->screening_id(), first->screening_id());
  auto other = request;
  other.mutable_identity()->set_given_name("Odile");
  EXPECT_THAT(Screen(other), StatusIs(StatusCode::kAlreadyExists, "REQUEST_ID_REUSED"));
}

TEST_F(ScreenCandidateTest, NamesWhatIsWrong) {
  struct Case {
    const char* path;
    const char* reason;
    void (*spoil)(v1::ScreenCandidateRequest&);
  };
  const Case kCases[] = {
      {"stage", "FIELD_REQUIRED", [](auto& r) { r.clear_stage(); }},
      {"stage", "STAGE_UNKNOWN", [](auto& r) { r.set_stage("pilot"); }},
      {"failed_criteria[1]", "CRITERION_UNKNOWN",
       [](auto& r) {
         r.add_failed_criteria("AGE");
         r.add_failed_criteria("RANDOMISABLE");  // of the stage MAIN alone
       }},
      {"screened_date", "DATE_INVALID", [](auto& r) { r.clear_screened_date(); }},
      {"screened_date", "DATE_IN_FUTURE", [](auto& r) { r.mutable_screened_date()->set_year(9998); }},
      {"identity.given_name", "FIELD_REQUIRED", [](auto& r) { r.mutable_identity()->clear_given_name(); }},
      {"identity.birth_date", "DATE_INVALID", [](auto& r) { r.mutable_identity()->clear_birth_date(); }}};
  for (const Case& c : kCases) {
    auto request = Screening();
    c.spoil(request);
    EXPECT_THAT(Screen(request), HasViolation(c.path, c.reason)) << c.path << " " << c.reason;
  }
}

TEST_F(ScreenCandidateTest, NeedsAProtocolAnOpenStageAndAnOpenSite) {
  auto request = Screening();
  *request.mutable_screened_date() = On(2024, 12, 31);
  EXPECT_THAT(Screen(request), StatusIs(StatusCode::kFailedPrecondition, "PROTOCOL_MISSING"));
  request.set_study_id(people().other_study_id);
  request.set_site_id(people().other_site_id);
  *request.mutable_screened_date() = On(2025, 3, 3);
  EXPECT_THAT(Ask<v1::Screening>(people().olga, "ScreenCandidate", request),
              StatusIs(StatusCode::kFailedPrecondition, "PROTOCOL_MISSING"));
  request.set_site_id(people().lyon_id);
  EXPECT_THAT(Ask<v1::Screening>(people().olga, "ScreenCandidate", request),
              StatusIs(StatusCode::kNotFound, "SITE_NOT_FOUND"));
  request = Screening();
  request.set_stage("NEEDS");
  *request.mutable_screened_date() = On(2025, 7, 1);
  EXPECT_THAT(Screen(request), StatusIs(StatusCode::kFailedPrecondition, "STAGE_NOT_OPEN"));
  request = Screening();
  *request.mutable_screened_date() = On(2026, 6, 1);
  EXPECT_THAT(ScreenAtSaintEtienne(request), StatusIs(StatusCode::kFailedPrecondition, "SITE_NOT_OPEN"));
}

// Scenario 18: the second site learns that she is known, and nothing else.
TEST_F(ScreenCandidateTest, RefusesTheSamePersonAtAnotherSiteWithoutSayingWhere) {
  Consented(Screening(Named("Kowalczyk", "Hélène", On(1981, 5, 7), "Lemaître-Roussel")));
  const v1::Identity spellings[] = {
      Named("Kowalczyk", "Hélène", On(1981, 5, 7)),          // as it is
      Named("LEMAITRE ROUSSEL", "helene", On(1981, 5, 7)),   // her married name for her birth name
      Named("Kowalczik", "Hélène", On(1981, 5, 7)),          // a typing error
      Named("Kowalczyk", "Hélène", On(1981, 7, 5)),          // day and month exchanged
  };
  for (const v1::Identity& identity : spellings) {
    const auto refused = ScreenAtSaintEtienne(Screening(identity));
    EXPECT_THAT(refused, StatusIs(StatusCode::kAlreadyExists, "PERSON_IN_STUDY"));
    const error::Detail detail = error::DetailOf(refused.status());
    EXPECT_TRUE(detail.metadata.empty());
    EXPECT_TRUE(detail.violations.empty());
    EXPECT_EQ(refused.status().message().find("LYO"), absl::string_view::npos);
  }
  // Her sister, and a namesake with another date of birth.
  EXPECT_THAT(ScreenAtSaintEtienne(Screening(Named("Kowalczyk", "Sophie", On(1984, 1, 2)))), IsOk());
  EXPECT_THAT(ScreenAtSaintEtienne(Screening(Named("Kowalczyk", "Hélène", On(1979, 12, 24)))), IsOk());
}

TEST_F(ScreenCandidateTest, RefusesASecondOpenAttemptForTheStage) {
  const auto identity = Somebody();
  Screened(Screening(identity));
  EXPECT_THAT(ScreenAtSaintEtienne(Screening(identity)), StatusIs(StatusCode::kAlreadyExists, "PERSON_IN_STUDY"));
  EXPECT_THAT(Screen(Screening(identity)), StatusIs(StatusCode::kAlreadyExists, "PERSON_IN_STUDY"));
  auto needs = Screening(identity);
  needs.set_stage("NEEDS");
  EXPECT_THAT(Screen(needs), IsOk());
}

// Scenario 19; the same for stages that the protocol says exclude each other.
TEST_F(ScreenCandidateTest, RefusesAParticipantOfThePilotForTheMainStage) {
  const auto pilot = Somebody();
  Consented(Screening(pilot));
  auto request = Screening(pilot);
  request.set_stage("MAIN");
  EXPECT_THAT(Screen(request), StatusIs(StatusCode::kAlreadyExists, "PERSON_IN_STUDY"));
  EXPECT_THAT(ScreenAtSaintEtienne(request), StatusIs(StatusCode::kAlreadyExists, "PERSON_IN_STUDY"));

  const auto interviewed = Somebody();
  auto needs = Screening(interviewed);
  needs.set_stage("NEEDS");
  Consented(needs);
  auto sub = Screening(interviewed);
  sub.set_stage("SUB");
  EXPECT_THAT(Screen(sub), StatusIs(StatusCode::kAlreadyExists, "PERSON_IN_STUDY"));
  EXPECT_THAT(Screen(Screening(interviewed)), IsOk());
}

// Two open attempts for stages that exclude each other: the first consent closes the other way.
TEST_F(ScreenCandidateTest, RefusesTheSecondConsentOfStagesThatExcludeEachOther) {
  const auto identity = Somebody();
  auto main = Screening(identity);
  main.set_stage("MAIN");
  const std::string for_main = Screened(main);
  Consented(Screening(identity));
  EXPECT_THAT(Ask<v1::Participant>(people().coline, "RecordConsent", Consent(for_main)),
              StatusIs(StatusCode::kAlreadyExists, "PERSON_IN_STUDY"));
}

TEST_F(ScreenCandidateTest, AllowsANewAttemptAfterAFailedOneForTheSamePerson) {
  const auto identity = Somebody();
  auto failed = Screening(identity);
  failed.add_failed_criteria("METASTATIC");
  const std::string first = Screened(failed);
  const auto second = ScreenAtSaintEtienne(Screening(identity));
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(database().Value(absl::StrCat("SELECT count(DISTINCT person_id) FROM enrolment_vault.attempt WHERE "
                                          "screening_id IN ('", first, "', '", second->screening_id(), "')")),
            "1");
}

TEST_F(ScreenCandidateTest, LetsOneOfTwoConcurrentSitesIn) {
  for (int round = 0; round < 8; ++round) {
    const auto identity = Somebody();
    bool lyon = false;
    bool saint_etienne = false;
    std::thread one([&] { lyon = Screen(Screening(identity)).ok(); });
    std::thread other([&] { saint_etienne = ScreenAtSaintEtienne(Screening(identity)).ok(); });
    one.join();
    other.join();
    EXPECT_NE(lyon, saint_etienne);
  }
}

TEST_F(IdentifyCandidateTest, KeepsTheIdentityAndRecordsIt) {
  const std::string screening_id = Nameless();
  const auto identified = Identify(Identification(screening_id));
  ASSERT_THAT(identified, IsOk());
  EXPECT_TRUE(identified->identified());
  EXPECT_EQ(Audited("identity.record", screening_id), 1);
  EXPECT_THAT(Identify(Identification(screening_id)),
              StatusIs(StatusCode::kFailedPrecondition, "SCREENING_IDENTIFIED"));
}

TEST_F(IdentifyCandidateTest, IsRefusedWithoutTheRightAndOutOfSight) {
  const auto request = Identification(Nameless());
  EXPECT_THAT(Ask<v1::Screening>(people().rachel, "IdentifyCandidate", request),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
  EXPECT_THAT(Ask<v1::Screening>(people().simone, "IdentifyCandidate", request),
              StatusIs(StatusCode::kNotFound, "SCREENING_NOT_FOUND"));
}

TEST_F(IdentifyCandidateTest, IsRefusedForWhoIsNotEligibleOrKnownElsewhere) {
  auto ineligible = Screening();
  ineligible.clear_identity();
  ineligible.add_failed_criteria("AGE");
  EXPECT_THAT(Identify(Identification(Screened(ineligible))),
              StatusIs(StatusCode::kFailedPrecondition, "SCREENING_INELIGIBLE"));
  auto request = Identification(Nameless());
  request.mutable_identity()->set_birth_name("R2D2");
  EXPECT_THAT(Identify(request), HasViolation("identity.birth_name", "NAME_MALFORMED"));
  request = Identification(request.screening_id());
  Screened(Screening(request.identity()));
  EXPECT_THAT(Identify(request), StatusIs(StatusCode::kAlreadyExists, "PERSON_IN_STUDY"));
}

TEST_F(DeclineCandidateTest, ClosesTheAttemptAndRecordsIt) {
  const auto identity = Somebody();
  const std::string screening_id = Screened(Screening(identity));
  const auto declined = Decline(Refusal(screening_id));
  ASSERT_THAT(declined, IsOk());
  EXPECT_EQ(declined->decline_reason(), "NO_TIME");
  EXPECT_EQ(Audited("screening.decline", screening_id), 1);
  EXPECT_THAT(Decline(Refusal(screening_id)), StatusIs(StatusCode::kFailedPrecondition, "SCREENING_DECLINED"));
  EXPECT_THAT(Screen(Screening(identity)), IsOk());  // she may think better of it
}

TEST_F(DeclineCandidateTest, IsRefusedWithoutTheRightOrAReasonOfTheProtocol) {
  auto request = Refusal(Screened());
  EXPECT_THAT(Ask<v1::Screening>(people().bob, "DeclineCandidate", request),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
  EXPECT_THAT(Ask<v1::Screening>(people().simone, "DeclineCandidate", request),
              StatusIs(StatusCode::kNotFound, "SCREENING_NOT_FOUND"));
  request.set_reason("WEATHER");
  EXPECT_THAT(Decline(request), HasViolation("reason", "REASON_UNKNOWN"));
  request.clear_reason();
  EXPECT_THAT(Decline(request), HasViolation("reason", "FIELD_REQUIRED"));
  auto ineligible = Screening();
  ineligible.add_failed_criteria("AGE");
  EXPECT_THAT(Decline(Refusal(Screened(ineligible))),
              StatusIs(StatusCode::kFailedPrecondition, "SCREENING_INELIGIBLE"));
  const auto consented = Screened();
  ASSERT_THAT(Ask<v1::Participant>(people().coline, "RecordConsent", Consent(consented)), IsOk());
  EXPECT_THAT(Decline(Refusal(consented)), StatusIs(StatusCode::kFailedPrecondition, "SCREENING_CONSENTED"));
}

TEST_F(ListScreeningsTest, ShowsEachHerSitesByPages) {
  const std::string mine = Screened();
  ASSERT_THAT(ScreenAtSaintEtienne(Screening()), IsOk());
  v1::ListScreeningsRequest request;
  request.set_study_id(people().study_id);
  EXPECT_THAT(Ask<v1::ListScreeningsResponse>(people().coline, "ListScreenings", request),
              HasViolation("stage", "FIELD_REQUIRED"));
  EXPECT_THAT(Ask<v1::ListScreeningsResponse>(people().pascale, "ListScreenings", request),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
  request.set_stage("PILOT");
  const auto count = [&](const Person& who, int page_size) {
    int seen = 0;
    request.set_page_size(page_size);
    request.clear_page_token();
    do {
      const auto page = Ask<v1::ListScreeningsResponse>(who, "ListScreenings", request);
      EXPECT_THAT(page, IsOk());
      if (!page.ok()) return -1;
      seen += page->screenings_size();
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return seen;
  };
  const auto stored = [&](const std::string& site) {
    return std::stoi(database().Value("SELECT count(*) FROM enrolment.screening WHERE stage = 'PILOT'" + site));
  };
  EXPECT_EQ(count(people().bob, 1000), stored(""));
  EXPECT_EQ(count(people().coline, 3), stored(absl::StrCat(" AND site_id = '", people().lyon_id, "'")));
  request.set_page_size(1001);
  EXPECT_THAT(Ask<v1::ListScreeningsResponse>(people().bob, "ListScreenings", request),
              StatusIs(StatusCode::kInvalidArgument, "PAGE_SIZE_INVALID"));
  request.set_page_size(1);
  request.set_page_token("nonsense");
  EXPECT_THAT(Ask<v1::ListScreeningsResponse>(people().bob, "ListScreenings", request),
              StatusIs(StatusCode::kInvalidArgument, "PAGE_TOKEN_INVALID"));
}

}  // namespace
}  // namespace reprise::enrolment
