// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/domain/monitoring/mahalanobis.h"

#include <Eigen/QR>
#include <cmath>

#include "absl/strings/str_cat.h"

#include "services/cohort/domain/monitoring/distribution.h"
#include "services/cohort/domain/monitoring/errors.h"
#include "services/cohort/domain/monitoring/moments.h"
#include "services/platform/status.h"

namespace reprise::monitoring {
namespace {

// Below this share of the largest pivot a column (of unit length) counts as determined by others.
constexpr double kRankTolerance = 1e-10;

absl::Status Check(absl::Span<const std::vector<double>> rows) {
  for (size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].size() != rows[0].size()) {
      return LengthsDiffer(absl::StrCat("rows[", i, "]"), rows[0].size(), rows[i].size());
    }
    for (size_t j = 0; j < rows[i].size(); ++j) {
      if (!std::isfinite(rows[i][j])) return ValueNotFinite(absl::StrCat("rows[", i, "][", j, "]"));
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Distances> DistancesOf(absl::Span<const std::vector<double>> rows) {
  REPRISE_RETURN_IF_ERROR(Check(rows));
  Distances distances;
  if (rows.empty() || rows[0].empty() || rows.size() <= rows[0].size()) return distances;
  const auto n = static_cast<Eigen::Index>(rows.size());
  const auto p = static_cast<Eigen::Index>(rows[0].size());
  Eigen::MatrixXd centred(n, p);
  std::vector<double> column(rows.size());
  for (Eigen::Index j = 0; j < p; ++j) {
    for (Eigen::Index i = 0; i < n; ++i) column[i] = rows[i][j];
    const auto mean = Mean(column);
    if (!mean.has_value()) return distances;
    for (Eigen::Index i = 0; i < n; ++i) centred(i, j) = column[i] - *mean;
    const double length = centred.col(j).stableNorm();
    if (!(length > 0) || !std::isfinite(length)) return distances;
    centred.col(j) /= length;
  }
  // With centred = QR the distance is (n - 1) times the squared length of a row of Q.
  Eigen::ColPivHouseholderQR<Eigen::MatrixXd> qr(centred);
  qr.setThreshold(kRankTolerance);
  if (qr.rank() < p) return distances;
  const Eigen::MatrixXd q = qr.householderQ() * Eigen::MatrixXd::Identity(n, p);
  for (Eigen::Index i = 0; i < n; ++i) {
    distances.squared.push_back(static_cast<double>(n - 1) * q.row(i).squaredNorm());
    distances.p.push_back(ChiSquareTail(distances.squared.back(), static_cast<double>(p)));
  }
  return distances;
}

}  // namespace reprise::monitoring
