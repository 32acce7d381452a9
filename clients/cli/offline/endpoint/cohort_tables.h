// SPDX-License-Identifier: Apache-2.0
// Participants with their timelines, read from two CSV files with the columns of rtw_subjects.csv
// and rtw_episodes.csv, and checked whole: every fault names file, row and column.
#ifndef REPRISE_CLI_OFFLINE_ENDPOINT_COHORT_TABLES_H_
#define REPRISE_CLI_OFFLINE_ENDPOINT_COHORT_TABLES_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "services/phase/domain/endpoint/timeline.h"

namespace reprise::cli {

struct CohortMember {
  std::string dataset;
  std::string subject_id;  // unique within the dataset
  std::string arm;
  std::string centre;
  endpoint::Participant participant;
  std::vector<endpoint::Episode> episodes;  // normalised
};

// One overlap settled by the rule, by the rows of the episode file.
struct SettledConflict {
  std::string dataset;
  std::string subject_id;
  size_t kept_row = 0;
  size_t dropped_row = 0;
  endpoint::WorkStatus kept = endpoint::WorkStatus::kOther;
  endpoint::WorkStatus dropped = endpoint::WorkStatus::kOther;
  int start_day = 0;
  int end_day = 0;
};

struct Cohort {
  std::vector<CohortMember> members;  // in the order of the subject file
  std::vector<SettledConflict> conflicts;
};

// Subjects: dataset, subject_id, arm, centre, index_day (empty: T0 not reached), obs_end_day,
// end_reason, competing_day, competing_type; optional index_date, randomisation_day.
// Episodes: dataset, subject_id, start_day, end_day, status, work_fraction; optional
// work_fraction_current_contract, work_fraction_full_time. Further columns are left alone.
// With settle_overlaps the rule of endpoint::ResolveOverlaps is applied and what it did returned;
// without, every overlap is a fault.
//   INVALID_ARGUMENT those of text::ParseCsv, COLUMN_MISSING, TABLE_INVALID with one violation a
//   fault: VALUE_MISSING, NUMBER_MALFORMED, DATE_MALFORMED, SUBJECT_DUPLICATE, SUBJECT_UNKNOWN,
//   END_REASON_UNKNOWN, COMPETING_TYPE_UNKNOWN, STATUS_UNKNOWN, and those of endpoint::Fault
absl::StatusOr<Cohort> ReadCohort(absl::string_view subjects, absl::string_view subjects_name,
                                  absl::string_view episodes, absl::string_view episodes_name,
                                  bool settle_overlaps);

}  // namespace reprise::cli

#endif  // REPRISE_CLI_OFFLINE_ENDPOINT_COHORT_TABLES_H_
