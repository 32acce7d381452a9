// SPDX-License-Identifier: Apache-2.0
// What every recorded fact must satisfy, whatever it is about. Days are the site's.
#ifndef REPRISE_PHASE_DOMAIN_COURSE_GUARDS_H_
#define REPRISE_PHASE_DOMAIN_COURSE_GUARDS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

#include "services/phase/domain/course/facts.h"

namespace reprise::phase {

// History (treatment, leave, work) may lie before the consent; facts of the study may not.
enum class FactOf { kHistory, kStudy };

// FAILED_PRECONDITION PARTICIPANT_NOT_ENROLLED.
absl::Status CheckEnrolled(const Participation& participation);

// INVALID_ARGUMENT DATE_IN_FUTURE, DATE_BEFORE_CONSENT; FAILED_PRECONDITION PARTICIPANT_CLOSED for a
// day after the withdrawal from contact or more, or after the death.
absl::Status CheckDay(const Participation& participation, absl::CivilDay day, absl::CivilDay today,
                      FactOf fact, absl::string_view path);
// The same without DATE_IN_FUTURE, for what is planned or prescribed ahead.
absl::Status CheckPlannedDay(const Participation& participation, absl::CivilDay day, FactOf fact,
                             absl::string_view path);

// INVALID_ARGUMENT CHANGE_REASON_REQUIRED, FIELD_TOO_LONG (500 bytes), TEXT_HOLDS_IDENTITY.
absl::Status CheckChangeReason(const std::string& reason);
// INVALID_ARGUMENT FIELD_TOO_LONG, TEXT_HOLDS_IDENTITY; may be empty.
absl::Status CheckText(const std::string& text, absl::string_view path, int most_bytes);

// T0 must not lie before the end of any treatment, whichever of them is recorded last.
//   INVALID_ARGUMENT T0_BEFORE_TREATMENT_END
absl::Status CheckTreatment(const std::vector<Milestone>& milestones);

// INVALID_ARGUMENT LEAVE_REVERSED, LEAVE_TOO_LONG (ends more than 1096 days after its first day or its issue).
absl::Status CheckLeave(const Leave& leave);

}  // namespace reprise::phase

#endif  // REPRISE_PHASE_DOMAIN_COURSE_GUARDS_H_
