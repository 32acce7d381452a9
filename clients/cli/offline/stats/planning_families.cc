// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "clients/cli/offline/stats/planning_family.h"
#include "services/platform/status.h"

namespace reprise::cli {

std::vector<Family> PlanningFamilies() {
  std::vector<Family> families;
  for (auto& group : {FeasibilityFamilies(), SampleSizeFamilies(), ForecastFamilies()}) {
    for (const PlanningFamily& family : group) {
      families.push_back(
          {.name = family.name,
           .inputs = family.inputs,
           .outputs = family.outputs,
           .run = ForEachRow([answer = family.answer](BatchRow& row) -> absl::StatusOr<Cells> {
             REPRISE_ASSIGN_OR_RETURN(Answer answered, answer(row));
             return std::move(answered.cells);
           })});
    }
  }
  return families;
}

}  // namespace reprise::cli
