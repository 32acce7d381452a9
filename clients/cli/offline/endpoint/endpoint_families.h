// SPDX-License-Identifier: Apache-2.0
// The family rtw_absence_summary of `reprise stats batch`: describes derived values by group.
#ifndef REPRISE_CLI_OFFLINE_ENDPOINT_ENDPOINT_FAMILIES_H_
#define REPRISE_CLI_OFFLINE_ENDPOINT_ENDPOINT_FAMILIES_H_

#include <vector>

#include "clients/cli/offline/stats/family.h"

namespace reprise::cli {

// Needs --derived (columns as `reprise endpoint derive` writes). group is "all" or an arm;
// population is "all", or "observed_<W>_days": those observed for the whole window of W days.
//   FAILED_PRECONDITION DERIVED_REQUIRED; INVALID_ARGUMENT COLUMN_MISSING, VARIABLE_UNKNOWN,
//   POPULATION_UNKNOWN, STATISTIC_UNKNOWN, DATASET_UNKNOWN, GROUP_UNKNOWN, NUMBER_MALFORMED
std::vector<Family> EndpointFamilies();

}  // namespace reprise::cli

#endif  // REPRISE_CLI_OFFLINE_ENDPOINT_ENDPOINT_FAMILIES_H_
