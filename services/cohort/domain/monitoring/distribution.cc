// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/domain/monitoring/distribution.h"

#include <algorithm>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>

namespace reprise::monitoring {
namespace {

namespace policies = boost::math::policies;
using Quiet = policies::policy<policies::domain_error<policies::ignore_error>,
                               policies::pole_error<policies::ignore_error>,
                               policies::overflow_error<policies::ignore_error>,
                               policies::evaluation_error<policies::ignore_error>>;

bool Positive(double value) { return std::isfinite(value) && value > 0; }

}  // namespace

std::optional<double> IfFinite(double value) {
  return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

std::optional<double> ChiSquareTail(double x, double df) {
  if (!std::isfinite(x) || x < 0 || !Positive(df)) return std::nullopt;
  return IfFinite(boost::math::gamma_q(df / 2, x / 2, Quiet()));
}

std::optional<double> StudentTwoSided(double t, double df) {
  if (!std::isfinite(t) || !Positive(df)) return std::nullopt;
  const double t2 = t * t;
  if (std::isinf(t2)) return 0;
  // Whichever of x and 1 - x is computed without loss.
  return IfFinite(t2 > df ? boost::math::ibeta(df / 2, 0.5, df / (df + t2), Quiet())
                          : boost::math::ibetac(0.5, df / 2, t2 / (df + t2), Quiet()));
}

std::optional<double> FisherTwoSided(double f, double df1, double df2) {
  if (std::isnan(f) || f < 0 || !Positive(df1) || !Positive(df2)) return std::nullopt;
  if (f == 0 || std::isinf(f)) return 0;
  const double part = df1 * f;
  if (std::isinf(part)) return 0;
  const bool large = part > df2;
  const double x = large ? df2 / (df2 + part) : part / (df2 + part);
  const double below = large ? boost::math::ibetac(df2 / 2, df1 / 2, x, Quiet())
                             : boost::math::ibeta(df1 / 2, df2 / 2, x, Quiet());
  const double above = large ? boost::math::ibeta(df2 / 2, df1 / 2, x, Quiet())
                             : boost::math::ibetac(df1 / 2, df2 / 2, x, Quiet());
  return IfFinite(2 * std::min(below, above));
}

std::optional<double> FisherQuantile(double p, double df1, double df2) {
  if (!(p > 0 && p < 1) || !Positive(df1) || !Positive(df2)) return std::nullopt;
  double rest = 0;
  const double x = boost::math::ibeta_inv(df1 / 2, df2 / 2, p, &rest, Quiet());
  return IfFinite(df2 * x / (df1 * rest));
}

}  // namespace reprise::monitoring
