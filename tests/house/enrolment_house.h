// SPDX-License-Identifier: Apache-2.0
// The scene of the enrolment tests: a protocol in two versions for the study of the house, and the acts of
// coordinators in one call each. Every candidate is somebody new unless a test says who she is.
#ifndef REPRISE_TESTS_HOUSE_ENROLMENT_HOUSE_H_
#define REPRISE_TESTS_HOUSE_ENROLMENT_HOUSE_H_

#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "reprise/enrolment/v1/enrolment_service.pb.h"

#include "tests/house/house.h"

namespace reprise::enrolment {

class EnrolmentHouse : public house::HouseTest {
 protected:
  using Person = house::Person;

  // Once a program, after the version of the house: version 2 from 2025-01-01 (ages 18 to 55, form 1.0), version 3 from 2026-01-01 (ages
  // 18 to 60, form 2.0). Stages PILOT (external), MAIN (with arms), NEEDS (until 2025-06-30) and SUB (not
  // after NEEDS). Saint-Etienne is open until 2026-05-31.
  static void SetUpTestSuite();

  template <typename Response>
  static absl::StatusOr<Response> Ask(const Person& who, const std::string& method,
                                      const google::protobuf::Message& request) {
    return Call<Response>(who, "reprise.enrolment.v1.EnrolmentService/" + method, request);
  }

  static google::type::Date On(int year, int month, int day);
  // A woman of 45 at the first consent, with a name that nobody else has.
  static v1::Identity Somebody();
  static v1::Identity Named(const std::string& birth_name, const std::string& given_name,
                            const google::type::Date& born, const std::string& used_name = "");

  // At Lyon in the stage PILOT on 2025-03-03, eligible and identified, unless the test changes it.
  static v1::ScreenCandidateRequest Screening(const v1::Identity& identity = Somebody());
  static v1::ScreenCandidateRequest AtSaintEtienne(v1::ScreenCandidateRequest request);
  // On 2025-03-10, form 1.0.
  static v1::RecordConsentRequest Consent(const std::string& screening_id);
  static v1::EnrolParticipantRequest Enrolment(const std::string& participant_id);
  static v1::WithdrawParticipantRequest Withdrawal(const std::string& participant_id, v1::WithdrawalKind kind);
  static v1::RecordLifecycleEventRequest Event(const std::string& participant_id,
                                               v1::LifecycleEvent::Kind kind, const google::type::Date& day);

  // Ids of what coline (Lyon) made; the test fails where she could not.
  static std::string Screened(const v1::ScreenCandidateRequest& request = Screening());
  static std::string Consented(const v1::ScreenCandidateRequest& request = Screening());
  static std::string Enrolled(const v1::ScreenCandidateRequest& request = Screening());
  // As the phase service would have it: a phase that began on 2025-04-01, and T0.
  static void StartFollowUp(const std::string& participant_id);
  static void SetT0(const std::string& participant_id, const std::string& day);
  static v1::ParticipantStatus StatusOf(const std::string& participant_id);
};

}  // namespace reprise::enrolment

#endif  // REPRISE_TESTS_HOUSE_ENROLMENT_HOUSE_H_
