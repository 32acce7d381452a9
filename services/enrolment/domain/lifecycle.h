// SPDX-License-Identifier: Apache-2.0
// The course of a participation: a status follows from what happened, and what happened decides what may
// happen next. Pure; the table in lifecycle.cc is that of domain model 8.2.
#ifndef REPRISE_ENROLMENT_DOMAIN_LIFECYCLE_H_
#define REPRISE_ENROLMENT_DOMAIN_LIFECYCLE_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"

#include "services/enrolment/domain/errors.h"

namespace reprise::enrolment {

// The numbers of the three enums are those of enrolment.v1.
enum class EventKind {
  kNone = 0,
  kConsented = 1,
  kScreenFailed = 2,
  kEnrolled = 3,
  kRandomised = 4,       // a fact of the cohort service
  kFollowUpStarted = 5,  // a fact of the phase service
  kCompleted = 6,
  kWithdrawn = 7,
  kLost = 8,
  kFound = 9,
  kDeceased = 10,
};
enum class Withdrawal { kNone = 0, kIntervention = 1, kContact = 2, kAll = 3, kAllWithErasure = 4 };
enum class ParticipantStatus {
  kNone = 0,  // of no event at all; a stored participant has consented
  kConsented = 1,
  kScreenFailed = 2,
  kEnrolled = 3,
  kRandomised = 4,
  kInFollowUp = 5,
  kCompleted = 6,
  kWithdrawn = 7,
  kLost = 8,
  kDeceased = 9,
};

// As stored and as errors have them: "SCREEN_FAILED".
const char* NameOf(EventKind kind);
const char* NameOf(Withdrawal withdrawal);
const char* NameOf(ParticipantStatus status);
EventKind EventKindOf(absl::string_view name);
Withdrawal WithdrawalOf(absl::string_view name);  // of an empty name: kNone

struct Event {
  EventKind kind = EventKind::kNone;
  absl::CivilDay event_date;
  Withdrawal withdrawal = Withdrawal::kNone;
  std::string reason = {};
  absl::Time made_time = absl::UnixEpoch();
};

// What is known of one participant, in the order of recording; kRandomised and kFollowUpStarted may stand
// anywhere. A stage without arms allocates nobody.
struct Course {
  std::vector<Event> events;
  bool has_arms = false;
};

ParticipantStatus StatusOf(const Course& course);
// The furthest withdrawal so far.
Withdrawal WithdrawalSoFar(const Course& course);

// When the questionnaires of a participant end.
struct FollowUp {
  bool awaited = false;  // there are questionnaires
  bool known = true;     // false: the window of a required one is not known yet
  Day last_close;        // of the windows that are known
};

// Whether `event` may be the next one recorded: STATUS_TRANSITION_INVALID with the status found, or
// FOLLOW_UP_NOT_OVER (both FAILED_PRECONDITION).
absl::Status CheckNext(const Course& course, const FollowUp& follow_up, const Event& event);

// True for SCREEN_FAILED, COMPLETED, LOST, FOUND and DECEASED, which no other act records.
bool IsRecordedByItself(EventKind kind);

// OK while further consents make sense; otherwise STATUS_TRANSITION_INVALID.
absl::Status CheckMayRenew(const Course& course);

}  // namespace reprise::enrolment

#endif  // REPRISE_ENROLMENT_DOMAIN_LIFECYCLE_H_
