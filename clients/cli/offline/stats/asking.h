// SPDX-License-Identifier: Apache-2.0
// A planning family asked for a single row, so that the verbs a person types compute by the code
// that `batch` computes by.
#ifndef REPRISE_CLI_OFFLINE_STATS_ASKING_H_
#define REPRISE_CLI_OFFLINE_STATS_ASKING_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "clients/cli/offline/stats/planning_family.h"

namespace reprise::cli {

// A family's answer to one row, its outputs by name.
struct Asked {
  std::vector<std::string> names;
  Answer answer;

  // The output as a number; empty where not computable.
  std::optional<double> Number(absl::string_view output) const;
  const std::string& Cell(absl::string_view output) const;
};

// `cells` holds column and value; columns beyond the family's are ignored. The family must exist.
absl::StatusOr<Asked> Ask(const PlanningFamily& family,
                          const std::vector<std::pair<std::string, std::string>>& cells);

// An option's value as a number; the refusal's sentence names the option.
absl::StatusOr<double> TypedNumber(absl::string_view typed, absl::string_view option);
absl::StatusOr<int64_t> TypedWhole(absl::string_view typed, absl::string_view option);

// The family of that name among the planning families; it must exist.
PlanningFamily FamilyNamed(absl::string_view name);

}  // namespace reprise::cli

#endif  // REPRISE_CLI_OFFLINE_STATS_ASKING_H_
