// SPDX-License-Identifier: Apache-2.0
// Leave prescriptions and events read from CSV and checked whole, and milestones written to CSV.
#ifndef REPRISE_CLI_OFFLINE_ENDPOINT_LEGAL_TABLES_H_
#define REPRISE_CLI_OFFLINE_ENDPOINT_LEGAL_TABLES_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

#include "services/phase/domain/legal/milestone.h"
#include "services/platform/text/csv.h"

namespace reprise::cli {

struct LegalMember {
  std::string subject_id;
  legal::History history;
  // Rows of the event file (the header is row 1) dated before the first leave: they have no effect.
  std::vector<size_t> idle_event_rows;
};

// Leaves: subject_id, issued_on, start, end; optional kind (initial | renewal), extent (full |
// partial), cause (illness | work_accident | occupational_disease | maternity), justified (yes |
// no), recorded_on. Events: subject_id, event, date; optional end, adaptation, working_time,
// working_days, recorded_on. Members stand in the order of the leaves.
//   INVALID_ARGUMENT those of text::ParseCsv, COLUMN_MISSING, TABLE_INVALID with one violation a
//   fault: VALUE_MISSING, DATE_MALFORMED, NUMBER_MALFORMED, YES_NO_MALFORMED, CHOICE_UNKNOWN,
//   SUBJECT_UNKNOWN, and those of legal::CheckHistory
absl::StatusOr<std::vector<LegalMember>> ReadHistories(absl::string_view leaves,
                                                       absl::string_view leaves_name,
                                                       absl::string_view events,
                                                       absl::string_view events_name,
                                                       absl::CivilDay on);

enum class ExplanationLanguage { kBoth, kFrench, kEnglish };

// Columns: subject_id, episode, leave_start, leave_end, leave_days, return_date, return_source,
// milestone, rule_id, rule_version, possible_from, due, latest, state, done_on, flags, then
// explanation, or explanation_fr and explanation_en.
text::CsvTable MilestoneTable(const std::vector<LegalMember>& members,
                              const legal::RuleBook& book, absl::CivilDay on,
                              ExplanationLanguage language);

// One row a rule version, with its parameters and source.
text::CsvTable RuleTable(const legal::RuleBook& book);

}  // namespace reprise::cli

#endif  // REPRISE_CLI_OFFLINE_ENDPOINT_LEGAL_TABLES_H_
