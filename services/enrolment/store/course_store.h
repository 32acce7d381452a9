// SPDX-License-Identifier: Apache-2.0
// Consents and events of participations in PostgreSQL, with the facts of other services on which a status
// stands.
#ifndef REPRISE_ENROLMENT_STORE_COURSE_STORE_H_
#define REPRISE_ENROLMENT_STORE_COURSE_STORE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"

#include "services/enrolment/domain/consent.h"
#include "services/enrolment/domain/lifecycle.h"
#include "services/enrolment/domain/participant.h"
#include "services/platform/db/database.h"

namespace reprise::enrolment {

// Until the transaction ends no other call records an event of this participant.
void LockCourse(db::Tx& tx, const std::string& participant_id);
// Courses of participants of one study, in their order.
absl::StatusOr<std::vector<Course>> LoadCourses(db::Tx& tx, const std::vector<Participant>& participants);
absl::StatusOr<Course> LoadCourse(db::Tx& tx, const Participant& participant);
// After the events that are there; the course must be locked or new.
void InsertEvent(db::Tx& tx, const std::string& participant_id, const Event& event);
absl::StatusOr<FollowUp> LoadFollowUp(db::Tx& tx, const std::string& participant_id);

void InsertConsent(db::Tx& tx, const Consent& consent);
// By day of signature.
absl::StatusOr<std::vector<Consent>> LoadConsents(db::Tx& tx, const std::string& participant_id);
// The same of several participants, in their order.
absl::StatusOr<std::vector<std::vector<Consent>>> LoadConsentsOf(db::Tx& tx,
                                                                 const std::vector<Participant>& participants);

}  // namespace reprise::enrolment

#endif  // REPRISE_ENROLMENT_STORE_COURSE_STORE_H_
