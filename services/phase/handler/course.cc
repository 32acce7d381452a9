// SPDX-License-Identifier: Apache-2.0
#include "services/phase/handler/course.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"

#include "services/phase/convert.h"
#include "services/phase/domain/course/guards.h"
#include "services/phase/store/course_store.h"
#include "services/platform/status.h"

namespace reprise::phase {
namespace {

absl::CivilDay TodayIn(const std::string& time_zone, absl::Time now) {
  absl::TimeZone zone;
  // A site is made with a zone that exists; were it gone, UTC is at most a day away.
  if (!absl::LoadTimeZone(time_zone, &zone)) zone = absl::UTCTimeZone();
  return absl::ToCivilDay(now, zone);
}

bool Holds(const std::vector<std::string>& places, const Participation& participation) {
  return std::any_of(places.begin(), places.end(), [&](const std::string& place) {
    return place == absl::StrCat(participation.study_id, "/", participation.site_id) ||
           place == absl::StrCat(participation.study_id, "/*");
  });
}

}  // namespace

absl::StatusOr<Record> LoadRecord(db::Tx& tx, Protocols& protocols, const std::string& participant_id) {
  REPRISE_ASSIGN_OR_RETURN(Place place, LoadPlace(tx, participant_id));
  Record record;
  REPRISE_ASSIGN_OR_RETURN(record.protocol, protocols.Of(tx, place));
  REPRISE_ASSIGN_OR_RETURN(record.facts, LoadFacts(tx, participant_id));
  record.participation = std::move(place.participation);
  record.today = TodayIn(record.participation.time_zone, tx.call().now);
  return record;
}

absl::StatusOr<Record> LoadRecordToChange(db::Tx& tx, Protocols& protocols, const std::string& participant_id) {
  LockCourse(tx, participant_id);
  REPRISE_ASSIGN_OR_RETURN(Record record, LoadRecord(tx, protocols, participant_id));
  REPRISE_RETURN_IF_ERROR(CheckEnrolled(record.participation));
  return record;
}

void Sort(Facts& facts) {
  std::sort(facts.milestones.begin(), facts.milestones.end(),
            [](const Milestone& a, const Milestone& b) { return a.kind < b.kind; });
  std::sort(facts.leaves.begin(), facts.leaves.end(), [](const Leave& a, const Leave& b) {
    return std::tie(a.start, a.end, a.leave_id) < std::tie(b.start, b.end, b.leave_id);
  });
  std::sort(facts.visits.begin(), facts.visits.end(), [](const Visit& a, const Visit& b) {
    return std::tie(a.date, a.made_time, a.visit_id) < std::tie(b.date, b.made_time, b.visit_id);
  });
  std::sort(facts.deliveries.begin(), facts.deliveries.end(), [](const Delivery& a, const Delivery& b) {
    return std::tie(a.date, a.made_time, a.delivery_id) < std::tie(b.date, b.made_time, b.delivery_id);
  });
}

v1::Course AnswerWith(const Books& books, const Call& call, Record record) {
  Sort(record.facts);
  const Derived derived = Derive(books, *record.protocol, record.participation, record.facts, record.today);
  return ToProto(record.participation, *record.protocol, record.facts, derived, call.language);
}

audit::Entry EntryFor(const Record& record, std::string action, std::string subject_type, std::string subject_id) {
  return {.action = std::move(action),
          .subject_type = std::move(subject_type),
          .subject_id = std::move(subject_id),
          .study_id = record.participation.study_id,
          .site_id = record.participation.site_id,
          .participant_id = record.participation.participant_id};
}

std::vector<std::string> RolesAt(const Call& call, const Participation& participation) {
  std::vector<std::string> roles;
  if (call.scope.everywhere || Holds(call.scope.places, participation)) roles.push_back("coordinator");
  if (Holds(call.scope.assigned_places, participation)) roles.push_back("occupational_physician");
  return roles;
}

}  // namespace reprise::phase
