// SPDX-License-Identifier: Apache-2.0
// How complete the questionnaires of a stage are, counted in PostgreSQL.
#ifndef REPRISE_QUESTIONNAIRE_STORE_COMPLETENESS_STORE_H_
#define REPRISE_QUESTIONNAIRE_STORE_COMPLETENESS_STORE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "services/platform/db/database.h"
#include "services/questionnaire/domain/schedule/completeness.h"

namespace reprise::questionnaire {

// What is counted.
struct CompletenessCut {
  std::string study_id;
  std::string stage;
  absl::Time as_of;  // consents, ends, openings and answers count as recorded until then
  std::optional<std::string> site_id = {};
};

// INVALID_ARGUMENT STAGE_UNKNOWN.
absl::Status CheckStage(db::Tx& tx, const std::string& study_id, const std::string& stage);

// Which sites of a study the caller sees, or the one that was asked for.
struct Sight {
  std::vector<std::string> sites;  // codes
  bool complete = true;
};
absl::StatusOr<Sight> LoadSight(db::Tx& tx, const CompletenessCut& cut);

// By id, with the days that are known now and the end as recorded until then.
absl::StatusOr<std::vector<CountedPerson>> ListCounted(db::Tx& tx, const CompletenessCut& cut);
absl::StatusOr<std::vector<ScheduledForm>> ListScheduled(db::Tx& tx, const CompletenessCut& cut);
absl::StatusOr<OpenedForms> ListOpened(db::Tx& tx, const CompletenessCut& cut);

}  // namespace reprise::questionnaire

#endif  // REPRISE_QUESTIONNAIRE_STORE_COMPLETENESS_STORE_H_
