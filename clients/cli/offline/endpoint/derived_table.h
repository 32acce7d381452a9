// SPDX-License-Identifier: Apache-2.0
// The derived values as a table of one row a participant; with the shipped definitions exactly the
// columns and formats of rtw_derived.csv. A cell is empty where the value is not computable.
#ifndef REPRISE_CLI_OFFLINE_ENDPOINT_DERIVED_TABLE_H_
#define REPRISE_CLI_OFFLINE_ENDPOINT_DERIVED_TABLE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"

#include "clients/cli/offline/endpoint/cohort_tables.h"
#include "services/phase/domain/endpoint/definition.h"
#include "services/platform/text/csv.h"

namespace reprise::cli {

// Those of `all` named by `ids`, in the order of `all`; the default ones where `ids` is empty.
//   NOT_FOUND DEFINITION_UNKNOWN
absl::StatusOr<std::vector<endpoint::Definition>> SelectDefinitions(
    const std::vector<endpoint::Definition>& all, const std::vector<std::string>& ids);

// `chosen` gives the columns; `all` is where a recurrence finds the return it follows.
text::CsvTable DeriveTable(absl::Span<const CohortMember> members,
                           const std::vector<endpoint::Definition>& chosen,
                           const std::vector<endpoint::Definition>& all);

// The definition that `recurrence` follows; ParseDefinitions has made sure that it is there.
const endpoint::Definition& AfterOf(const endpoint::Definition& recurrence,
                                    const std::vector<endpoint::Definition>& all);

}  // namespace reprise::cli

#endif  // REPRISE_CLI_OFFLINE_ENDPOINT_DERIVED_TABLE_H_
