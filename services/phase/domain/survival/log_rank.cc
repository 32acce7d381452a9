// SPDX-License-Identifier: Apache-2.0
#include "services/phase/domain/survival/log_rank.h"

#include <map>

#include "services/phase/domain/survival/quadratic.h"
#include "services/platform/status.h"

namespace reprise::survival {
namespace {

struct Sums {
  Eigen::VectorXd observed;
  Eigen::VectorXd expected;
  Eigen::MatrixXd variance;
};

void Add(const JointMoment& moment, Sums& sums) {
  double n = 0;
  double d = 0;
  for (const Moment& group : moment.groups) {
    n += static_cast<double>(group.at_risk);
    d += static_cast<double>(group.events);
  }
  if (d == 0) return;
  const double spread = n > 1 ? d * (n - d) / (n - 1) : 0;
  const auto groups = static_cast<int>(moment.groups.size());
  for (int i = 0; i < groups; ++i) {
    const double share = static_cast<double>(moment.groups[i].at_risk) / n;
    sums.observed(i) += static_cast<double>(moment.groups[i].events);
    sums.expected(i) += d * share;
    for (int j = 0; j < groups; ++j) {
      const double other = static_cast<double>(moment.groups[j].at_risk) / n;
      sums.variance(i, j) += spread * share * ((i == j ? 1 : 0) - other);
    }
  }
}

}  // namespace

absl::StatusOr<LogRank> LogRankOf(absl::Span<const Member> members, int groups) {
  std::map<int, std::vector<Member>> strata;
  for (const Member& member : members) strata[member.stratum].push_back(member);
  Sums sums{.observed = Eigen::VectorXd::Zero(groups),
            .expected = Eigen::VectorXd::Zero(groups),
            .variance = Eigen::MatrixXd::Zero(groups, groups)};
  for (const auto& [stratum, inside] : strata) {
    REPRISE_ASSIGN_OR_RETURN(const auto moments, JointMomentsOf(inside, groups));
    for (const JointMoment& moment : moments) Add(moment, sums);
  }
  LogRank result;
  std::vector<int> compared;
  for (int i = 0; i < groups; ++i) {
    result.observed.push_back(sums.observed(i));
    result.expected.push_back(sums.expected(i));
    result.variance.push_back(sums.variance(i, i));
    if (sums.expected(i) > 0) compared.push_back(i);
  }
  result.test = QuadraticTest(sums.observed - sums.expected, sums.variance, compared);
  return result;
}

}  // namespace reprise::survival
