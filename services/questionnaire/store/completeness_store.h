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
#include "services/questionnaire/domain/schedule/schedule.h"

namespace reprise::questionnaire {

// What is counted.
struct CompletenessCut {
  std::string study_id;
  std::string stage;
  absl::Time as_of;  // consents, ends, openings and answers count as recorded until then
  std::optional<std::string> site_id = {};
};

// One questionnaire at one timepoint; the states as StateOf has them, an open one also where answers are saved.
struct CompletenessCount {
  std::string timepoint;
  std::string instrument_id;
  std::string instrument_version_id;  // a published one; empty: none is
  Respondent respondent = Respondent::kParticipant;
  bool required = false;
  int participants = 0;
  int in_window = 0;
  int out_of_window = 0;
  int open = 0;
  int missed = 0;
  int cancelled = 0;
  int later = 0;
  int anchor_unknown = 0;
};

// INVALID_ARGUMENT STAGE_UNKNOWN.
absl::Status CheckStage(db::Tx& tx, const std::string& study_id, const std::string& stage);

// Which sites of a study the caller sees, or the one that was asked for.
struct Sight {
  std::vector<std::string> sites;  // codes
  bool complete = true;
};
absl::StatusOr<Sight> LoadSight(db::Tx& tx, const CompletenessCut& cut);

absl::StatusOr<int> CountParticipants(db::Tx& tx, const CompletenessCut& cut);
// In the order of the study document; only what is scheduled for somebody.
absl::StatusOr<std::vector<CompletenessCount>> CountCompleteness(db::Tx& tx, const CompletenessCut& cut);

}  // namespace reprise::questionnaire

#endif  // REPRISE_QUESTIONNAIRE_STORE_COMPLETENESS_STORE_H_
