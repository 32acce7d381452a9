// SPDX-License-Identifier: Apache-2.0
// What every handler of this service does alike: load the course, change it in memory, answer with
// what then follows from it, and record who did it.
#ifndef REPRISE_PHASE_HANDLER_COURSE_H_
#define REPRISE_PHASE_HANDLER_COURSE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "reprise/phase/v1/phase_service.pb.h"

#include "services/phase/domain/course/derived.h"
#include "services/phase/handler/protocols.h"
#include "services/platform/audit/append.h"
#include "services/platform/call.h"
#include "services/platform/db/database.h"

namespace reprise::phase {

struct Record {
  Participation participation;
  const Protocol* protocol = nullptr;  // of Protocols, never null once loaded
  Facts facts;
  absl::CivilDay today;  // at her site
};

// NOT_FOUND PARTICIPANT_NOT_FOUND.
absl::StatusOr<Record> LoadRecord(db::Tx& tx, Protocols& protocols, const std::string& participant_id);
// The same for a change: nobody else changes the course until the transaction ends.
//   also FAILED_PRECONDITION PARTICIPANT_NOT_ENROLLED
absl::StatusOr<Record> LoadRecordToChange(db::Tx& tx, Protocols& protocols, const std::string& participant_id);

// Puts the lists of facts in the order in which they are read.
void Sort(Facts& facts);
v1::Course AnswerWith(const Books& books, const Call& call, Record record);

// An entry about the participation, to be completed by the caller.
audit::Entry EntryFor(const Record& record, std::string action, std::string subject_type, std::string subject_id);

// The roles by which the caller's permission holds at the participant's site.
std::vector<std::string> RolesAt(const Call& call, const Participation& participation);

}  // namespace reprise::phase

#endif  // REPRISE_PHASE_HANDLER_COURSE_H_
