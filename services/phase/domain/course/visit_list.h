// SPDX-License-Identifier: Apache-2.0
// Visits of many participants in one list: those that are recorded, and those that the protocol
// foresees and nobody planned. Nothing of what was found at a visit.
#ifndef REPRISE_PHASE_DOMAIN_COURSE_VISIT_LIST_H_
#define REPRISE_PHASE_DOMAIN_COURSE_VISIT_LIST_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"

#include "services/phase/domain/course/kinds.h"
#include "services/phase/domain/course/windows.h"

namespace reprise::phase {

struct ListedVisit {
  std::string participant_id;
  std::string participant_code;
  std::string site_id;
  std::string visit_id;  // empty: nobody planned it
  std::string visit;     // code in the study document
  VisitState state = VisitState::kExpected;
  std::optional<absl::CivilDay> date;
  std::string mode;
  std::optional<Window> window;          // both days set; none: the anchor is not known
  std::optional<absl::CivilDay> target;  // with the window
  std::optional<absl::CivilDay> end;     // first day on which nothing more is asked of her
  std::string recorder;                  // VisitRule::recorded_by
  int position = 0;                      // in her version of the document; those that are not in it last
};

// What a visit is called; by the newest version that has it.
struct VisitName {
  std::string visit;
  std::map<std::string, std::string> title;  // by language
};

// Days are inclusive; none: no limit. Empty states: all.
struct VisitFilter {
  std::string study_id;
  std::optional<std::string> site_id;
  std::optional<absl::CivilDay> from;
  std::optional<absl::CivilDay> until;
  std::vector<VisitState> states;
};

// The last visit of a page; that of the default comes before all.
struct VisitKey {
  std::string participant_code = {};
  int position = 0;
  std::string date = "-infinity";  // as PostgreSQL writes a date; `infinity` for none
  std::string visit_id = "00000000-0000-0000-0000-000000000000";
};
VisitKey KeyOf(const ListedVisit& visit);

}  // namespace reprise::phase

#endif  // REPRISE_PHASE_DOMAIN_COURSE_VISIT_LIST_H_
