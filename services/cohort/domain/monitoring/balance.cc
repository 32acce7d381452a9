// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/domain/monitoring/balance.h"

#include <Eigen/LU>
#include <cmath>
#include <map>

#include "absl/strings/str_cat.h"

#include "services/cohort/domain/monitoring/distribution.h"
#include "services/cohort/domain/monitoring/errors.h"
#include "services/platform/status.h"

namespace reprise::monitoring {
namespace {

void SetDifference(double difference, Balance& balance) {
  if (!std::isfinite(difference)) return;
  const auto n1 = static_cast<double>(balance.recorded[0]);
  const auto n2 = static_cast<double>(balance.recorded[1]);
  const double se = std::sqrt((n1 + n2) / (n1 * n2) + difference * difference / (2 * (n1 + n2)));
  if (!std::isfinite(se)) return;
  balance.difference = difference;
  balance.standard_error = se;
  balance.lower = IfFinite(difference - kNormal975 * se);
  balance.upper = IfFinite(difference + kNormal975 * se);
}

Balance CountsOf(const Present& first, const Present& second) {
  Balance balance;
  balance.recorded[0] = static_cast<int64_t>(first.values.size());
  balance.recorded[1] = static_cast<int64_t>(second.values.size());
  balance.missing[0] = first.missing;
  balance.missing[1] = second.missing;
  return balance;
}

absl::Status CheckBinary(absl::Span<const Recorded> values, absl::string_view path) {
  for (size_t i = 0; i < values.size(); ++i) {
    if (values[i].has_value() && *values[i] != 0 && *values[i] != 1) {
      return ValueNotBinary(absl::StrCat(path, "[", i, "]"));
    }
  }
  return absl::OkStatus();
}

// Level by level, how often it was recorded in each arm; counts also what is missing.
std::map<std::string, Eigen::Array2d> Levels(absl::Span<const std::string> first,
                                             absl::Span<const std::string> second,
                                             Balance& balance) {
  std::map<std::string, Eigen::Array2d> levels;
  for (int arm = 0; arm < 2; ++arm) {
    for (const std::string& level : arm == 0 ? first : second) {
      ++(level.empty() ? balance.missing : balance.recorded)[arm];
      if (!level.empty()) levels.emplace(level, Eigen::Array2d::Zero()).first->second(arm) += 1;
    }
  }
  return levels;
}

}  // namespace

absl::StatusOr<Balance> NumericBalance(absl::Span<const Recorded> first,
                                       absl::Span<const Recorded> second) {
  REPRISE_ASSIGN_OR_RETURN(const Present a, PresentOf(first, "arm_A"));
  REPRISE_ASSIGN_OR_RETURN(const Present b, PresentOf(second, "arm_B"));
  Balance balance = CountsOf(a, b);
  const auto variance_a = SampleVariance(a.values);
  const auto variance_b = SampleVariance(b.values);
  if (!variance_a.has_value() || !variance_b.has_value()) return balance;
  const double spread = std::sqrt((*variance_a + *variance_b) / 2);
  if (spread > 0 && std::isfinite(spread))
    SetDifference((*Mean(b.values) - *Mean(a.values)) / spread, balance);
  return balance;
}

absl::StatusOr<Balance> BinaryBalance(absl::Span<const Recorded> first,
                                      absl::Span<const Recorded> second) {
  REPRISE_RETURN_IF_ERROR(CheckBinary(first, "arm_A"));
  REPRISE_RETURN_IF_ERROR(CheckBinary(second, "arm_B"));
  REPRISE_ASSIGN_OR_RETURN(const Present a, PresentOf(first, "arm_A"));
  REPRISE_ASSIGN_OR_RETURN(const Present b, PresentOf(second, "arm_B"));
  Balance balance = CountsOf(a, b);
  const auto p = Mean(a.values);
  const auto q = Mean(b.values);
  if (!p.has_value() || !q.has_value()) return balance;
  const double spread = std::sqrt((*p * (1 - *p) + *q * (1 - *q)) / 2);
  if (spread > 0) SetDifference((*q - *p) / spread, balance);
  return balance;
}

Balance CategoricalBalance(absl::Span<const std::string> first,
                           absl::Span<const std::string> second) {
  Balance balance;
  const auto levels = Levels(first, second, balance);
  if (balance.recorded[0] == 0 || balance.recorded[1] == 0 || levels.size() < 2) return balance;
  // Which level is left out does not change the distance.
  const auto k = static_cast<Eigen::Index>(levels.size()) - 1;
  Eigen::VectorXd p(k);
  Eigen::VectorXd q(k);
  auto level = std::next(levels.begin());
  for (Eigen::Index i = 0; i < k; ++i, ++level) {
    p(i) = level->second(0) / static_cast<double>(balance.recorded[0]);
    q(i) = level->second(1) / static_cast<double>(balance.recorded[1]);
  }
  const Eigen::MatrixXd spread = (Eigen::MatrixXd(p.asDiagonal()) - p * p.transpose() +
                                  Eigen::MatrixXd(q.asDiagonal()) - q * q.transpose()) /
                                 2;
  Eigen::FullPivLU<Eigen::MatrixXd> solver(spread);
  solver.setThreshold(1e-12);
  if (!solver.isInvertible()) return balance;
  const double squared = (q - p).dot(solver.solve(q - p));
  SetDifference(std::sqrt(std::max(squared, 0.0)), balance);
  return balance;
}

}  // namespace reprise::monitoring
