// SPDX-License-Identifier: Apache-2.0
// The log-rank test of any number of groups, plain or stratified: events observed in each group
// against those expected were all groups alike. Competing events count as censored.
// Mantel, Cancer Chemother Rep 1966;50:163; hypergeometric variance with ties.
#ifndef REPRISE_PHASE_DOMAIN_SURVIVAL_LOG_RANK_H_
#define REPRISE_PHASE_DOMAIN_SURVIVAL_LOG_RANK_H_

#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"

#include "services/phase/domain/survival/observation.h"

namespace reprise::survival {

// A chi-square statistic; empty where fewer than two groups can be compared or its variance is 0.
struct TestResult {
  std::optional<double> chi_square;
  std::optional<double> p;
  int df = 0;
};

struct LogRank {
  std::vector<double> observed;  // one a group
  std::vector<double> expected;
  std::vector<double> variance;  // of observed - expected, summed over strata
  TestResult test;
};

// Strata are told apart by Member::stratum; give all the same number for the plain test.
//   INVALID_ARGUMENT OBSERVATION_TIME_INVALID, OBSERVATION_STATUS_UNKNOWN, GROUP_OUT_OF_RANGE
absl::StatusOr<LogRank> LogRankOf(absl::Span<const Member> members, int groups);

}  // namespace reprise::survival

#endif  // REPRISE_PHASE_DOMAIN_SURVIVAL_LOG_RANK_H_
