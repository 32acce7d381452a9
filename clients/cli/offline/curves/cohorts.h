// SPDX-License-Identifier: Apache-2.0
// A table of derived endpoints (one row a participant: dataset, arm, centre, and for each endpoint
// NAME_time and NAME_status) as cohorts that curves can be drawn of.
#ifndef REPRISE_CLI_OFFLINE_CURVES_COHORTS_H_
#define REPRISE_CLI_OFFLINE_CURVES_COHORTS_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "services/phase/domain/survival/observation.h"
#include "services/platform/text/csv.h"

namespace reprise::cli {

// The endpoint of all rtw_* families: at least half of working time for 28 days.
inline constexpr char kSustainedReturn[] = "srtw50_28";
inline constexpr char kEverybody[] = "all";

// One dataset. Arms and centres are in order of their names; members' groups are arms, strata
// centres.
struct Cohort {
  std::vector<std::string> arms;
  std::vector<std::string> centres;
  std::vector<survival::Member> members;
  int64_t not_at_risk = 0;  // rows with neither time nor status: their clock never started

  // Everybody for `all`, else the members of that arm.
  std::vector<survival::Observation> Group(absl::string_view group) const;
  bool HasGroup(absl::string_view group) const;
  // The smallest of the arms' last observed times; 0 where there is nobody.
  double SharedHorizon() const;
};

using Cohorts = std::map<std::string, Cohort>;

// Every row is checked; errors name `derived row N, column C`.
//   INVALID_ARGUMENT DERIVED_MISSING, COLUMN_MISSING, NUMBER_MALFORMED, OBSERVATION_TIME_INVALID,
//   OBSERVATION_STATUS_UNKNOWN, OBSERVATION_INCOMPLETE, ARM_MISSING
absl::StatusOr<Cohorts> ReadCohorts(const text::CsvTable& derived, absl::string_view endpoint);

// The names of the endpoints that a table has both columns of.
std::vector<std::string> EndpointsOf(const text::CsvTable& derived);

}  // namespace reprise::cli

#endif  // REPRISE_CLI_OFFLINE_CURVES_COHORTS_H_
