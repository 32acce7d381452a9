// SPDX-License-Identifier: Apache-2.0
// A recruitment as columns of one row: `recruited`, `exposure` and `open_delay` hold one value a
// centre, the last `closed` where a centre recruits no more.
#ifndef REPRISE_CLI_OFFLINE_STATS_RECRUITMENT_INPUT_H_
#define REPRISE_CLI_OFFLINE_STATS_RECRUITMENT_INPUT_H_

#include <vector>

#include "absl/status/statusor.h"

#include "clients/cli/offline/stats/batch_row.h"
#include "services/cohort/domain/statistics/forecast.h"

namespace reprise::cli {

//   INVALID_ARGUMENT CELL_EMPTY, NUMBER_MALFORMED, LENGTH_MISMATCH
absl::StatusOr<std::vector<statistics::Centre>> ReadCentres(BatchRow& row);

}  // namespace reprise::cli

#endif  // REPRISE_CLI_OFFLINE_STATS_RECRUITMENT_INPUT_H_
