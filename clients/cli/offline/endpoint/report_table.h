// SPDX-License-Identifier: Apache-2.0
// The derived values as a long table, one row a participant, definition and measure, for people:
// landmark answers with the datum that is missing, calendar dates, and the hashes of what went in.
#ifndef REPRISE_CLI_OFFLINE_ENDPOINT_REPORT_TABLE_H_
#define REPRISE_CLI_OFFLINE_ENDPOINT_REPORT_TABLE_H_

#include <vector>

#include "absl/types/span.h"

#include "clients/cli/offline/endpoint/cohort_tables.h"
#include "services/phase/domain/endpoint/definition.h"
#include "services/platform/text/csv.h"

namespace reprise::cli {

// Columns: dataset, subject_id, definition, version, clock, measure, day, date, state, value,
// missing, missing_from_day, missing_to_day, missing_from_date, missing_to_date, explanation,
// definition_sha256, inputs_sha256. docs/endpoints.md explains them.
text::CsvTable ReportTable(absl::Span<const CohortMember> members,
                           const std::vector<endpoint::Definition>& chosen,
                           const std::vector<endpoint::Definition>& all, bool french);

}  // namespace reprise::cli

#endif  // REPRISE_CLI_OFFLINE_ENDPOINT_REPORT_TABLE_H_
