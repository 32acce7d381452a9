// SPDX-License-Identifier: Apache-2.0
// How a vector of scores that sums to 0 over groups becomes a chi-square: z' V^-1 z over all groups
// but one. Included by log_rank.cc and gray.cc alone (it brings Eigen).
#ifndef REPRISE_PHASE_DOMAIN_SURVIVAL_QUADRATIC_H_
#define REPRISE_PHASE_DOMAIN_SURVIVAL_QUADRATIC_H_

#include <Eigen/LU>
#include <cmath>
#include <vector>

#include "services/phase/domain/survival/distribution.h"
#include "services/phase/domain/survival/log_rank.h"

namespace reprise::survival {

// `compared` lists the groups that take part. Empty result for fewer than two or a singular V.
inline TestResult QuadraticTest(const Eigen::VectorXd& score, const Eigen::MatrixXd& variance,
                                const std::vector<int>& compared) {
  TestResult result;
  const int df = static_cast<int>(compared.size()) - 1;
  if (df < 1) return result;
  Eigen::VectorXd z(df);
  Eigen::MatrixXd v(df, df);
  for (int i = 0; i < df; ++i) {
    z(i) = score(compared[i]);
    for (int j = 0; j < df; ++j) v(i, j) = variance(compared[i], compared[j]);
  }
  if (!v.allFinite()) return result;
  Eigen::FullPivLU<Eigen::MatrixXd> solver(v);
  solver.setThreshold(1e-12);
  if (!solver.isInvertible()) return result;
  const double chi_square = z.dot(solver.solve(z));
  if (!std::isfinite(chi_square) || chi_square < 0) return result;
  result.chi_square = chi_square;
  result.p = ChiSquareTail(chi_square, df);
  result.df = df;
  return result;
}

}  // namespace reprise::survival

#endif  // REPRISE_PHASE_DOMAIN_SURVIVAL_QUADRATIC_H_
