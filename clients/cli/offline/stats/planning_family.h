// SPDX-License-Identifier: Apache-2.0
// The planning families as functions of one row, so that `batch` and the verbs that a person types
// compute by the same code. A sample size brings its provenance along.
#ifndef REPRISE_CLI_OFFLINE_STATS_PLANNING_FAMILY_H_
#define REPRISE_CLI_OFFLINE_STATS_PLANNING_FAMILY_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

#include "clients/cli/offline/stats/batch_row.h"
#include "services/cohort/domain/statistics/sample_size.h"

namespace reprise::cli {

struct Answer {
  Cells cells;
  statistics::Provenance provenance;  // empty outside the ss_* families
};

struct PlanningFamily {
  std::string name;
  std::vector<std::string> inputs;
  std::vector<std::string> outputs;
  std::function<absl::StatusOr<Answer>(BatchRow& row)> answer;
};

std::vector<PlanningFamily> FeasibilityFamilies();  // feas_*
std::vector<PlanningFamily> SampleSizeFamilies();   // ss_*
std::vector<PlanningFamily> ForecastFamilies();     // forecast_*

}  // namespace reprise::cli

#endif  // REPRISE_CLI_OFFLINE_STATS_PLANNING_FAMILY_H_
