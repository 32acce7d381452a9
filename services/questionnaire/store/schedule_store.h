// SPDX-License-Identifier: Apache-2.0
// What is scheduled for participants and what became of it, in PostgreSQL.
#ifndef REPRISE_QUESTIONNAIRE_STORE_SCHEDULE_STORE_H_
#define REPRISE_QUESTIONNAIRE_STORE_SCHEDULE_STORE_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"

#include "services/platform/db/database.h"
#include "services/questionnaire/domain/schedule/schedule.h"

namespace reprise::questionnaire {

// Where a participation stands.
struct Standing {
  std::string study_id;
  std::string site_id;
  std::optional<absl::CivilDay> consent_date;
  std::optional<absl::CivilDay> end_date;  // Occasion::end_date
};
// NOT_FOUND PARTICIPANT_NOT_FOUND, also where the caller may not see her.
absl::StatusOr<Standing> LoadStanding(db::Tx& tx, const std::string& participant_id);

// What people call the study and the site of a participant whom the caller may see; also for herself.
struct NamesAround {
  std::map<std::string, std::string> study_title;  // by language
  std::string site_name;
};
// By timepoint and language; the newest words, also for a participant herself.
using TimepointTitles = std::map<std::string, std::map<std::string, std::string>>;
absl::StatusOr<TimepointTitles> LoadTimepointsAround(db::Tx& tx, const std::string& participant_id);
absl::StatusOr<TimepointTitles> LoadTimepoints(db::Tx& tx, const std::string& study_id);
absl::StatusOr<NamesAround> LoadNamesAround(db::Tx& tx, const std::string& participant_id);

// Of one participant: all that is scheduled, and instances opened besides, for herself without what the team
// answers; by target date (none last),
// place in the study document, and time of opening.
absl::StatusOr<std::vector<Occasion>> ListOccasionsOf(db::Tx& tx, const std::string& participant_id);

// After which occasion a page begins; that of the default comes before all.
struct OccasionKey {
  std::string participant_id = "00000000-0000-0000-0000-000000000000";
  std::string target_date = "-infinity";  // as PostgreSQL writes a date; `infinity` for none
  int position = 0;
};
struct OccasionFilter {
  std::string study_id;
  std::optional<std::string> site_id;
  std::optional<absl::CivilDay> from_date;
  std::optional<absl::CivilDay> until_date;
};
// Scheduled ones by participant, target date and place in the study document.
absl::StatusOr<std::vector<Occasion>> ListOccasions(db::Tx& tx, const OccasionFilter& filter,
                                                    const OccasionKey& after, int limit);

// IANA name; also for participants, who do not see sites. None: no such site.
absl::StatusOr<std::optional<std::string>> LoadTimeZone(db::Tx& tx, const std::string& site_id);

}  // namespace reprise::questionnaire

#endif  // REPRISE_QUESTIONNAIRE_STORE_SCHEDULE_STORE_H_
