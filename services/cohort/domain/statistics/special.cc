// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/domain/statistics/special.h"

#include <algorithm>
#include <boost/math/distributions/non_central_t.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/quadrature/gauss.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <boost/math/tools/minima.hpp>
#include <boost/math/tools/roots.hpp>
#include <cstdint>
#include <exception>
#include <limits>

namespace reprise::statistics {
namespace {

namespace bm = boost::math;
namespace bp = boost::math::policies;

// No exceptions: a failure is NaN or infinity, which Computed() refuses.
using Quiet =
    bp::policy<bp::domain_error<bp::ignore_error>, bp::pole_error<bp::ignore_error>,
               bp::overflow_error<bp::ignore_error>, bp::underflow_error<bp::ignore_error>,
               bp::denorm_error<bp::ignore_error>, bp::rounding_error<bp::ignore_error>,
               bp::evaluation_error<bp::ignore_error>,
               bp::indeterminate_result_error<bp::ignore_error>, bp::promote_double<true>>;
using Students = bm::students_t_distribution<double, Quiet>;
using NoncentralT = bm::non_central_t_distribution<double, Quiet>;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
// Boost's series of the non-central t counts terms in an int and ends at about this non-centrality.
constexpr double kLargestNcp = 3e4;

// Boost's root finders throw past the policy for extreme arguments.
template <typename Body>
double Guarded(const Body& body) {
  try {
    return body();
  } catch (const std::exception&) {
    return kNaN;
  }
}

// P(T > t) where the normal part of T is negligible beside ncp: P(chi-square < df (ncp / t)^2).
double FarNoncentralTUpperTail(double t, double df, double ncp) {
  if (t <= 0) return 1;
  return Guarded([&] { return bm::gamma_p(df / 2, df / 2 * (ncp / t) * (ncp / t), Quiet()); });
}

}  // namespace

double CeilCount(double value) {
  return std::ceil(value - std::max(1e-9, 8 * std::numeric_limits<double>::epsilon() * value));
}

double NormalCdf(double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); }

double NormalUpperQuantile(double upper_tail) {
  return std::sqrt(2.0) * bm::erfc_inv(2 * upper_tail, Quiet());
}

double BetaQuantile(double lower_tail, double a, double b) {
  return Guarded([&] { return bm::ibeta_inv(a, b, lower_tail, Quiet()); });
}

double BetaUpperQuantile(double upper_tail, double a, double b) {
  return Guarded([&] { return bm::ibetac_inv(a, b, upper_tail, Quiet()); });
}

double ChiSquareQuantile(double lower_tail, double df) {
  return Guarded([&] { return 2 * bm::gamma_p_inv(df / 2, lower_tail, Quiet()); });
}

double ChiSquareUpperQuantile(double upper_tail, double df) {
  return Guarded([&] { return 2 * bm::gamma_q_inv(df / 2, upper_tail, Quiet()); });
}

double StudentUpperQuantile(double upper_tail, double df) {
  return Guarded([&] { return bm::quantile(bm::complement(Students(df), upper_tail)); });
}

double NoncentralTCdf(double t, double df, double ncp) {
  if (ncp > kLargestNcp) return 1 - FarNoncentralTUpperTail(t, df, ncp);
  return Guarded([&] { return bm::cdf(NoncentralT(df, ncp), t); });
}

double NoncentralTUpperTail(double t, double df, double ncp) {
  if (ncp > kLargestNcp) return FarNoncentralTUpperTail(t, df, ncp);
  return Guarded([&] { return bm::cdf(bm::complement(NoncentralT(df, ncp), t)); });
}

double NoncentralTQuantile(double lower_tail, double df, double ncp) {
  const auto distance = [&](double t) {
    return lower_tail < 0.5 ? NoncentralTCdf(t, df, ncp) - lower_tail
                            : (1 - lower_tail) - NoncentralTUpperTail(t, df, ncp);
  };
  double reach = 1;
  double low = ncp - reach, high = ncp + reach;
  while (distance(low) > 0 && reach < 1e12) low = ncp - (reach *= 2);
  while (distance(high) < 0 && reach < 1e12) high = ncp + (reach *= 2);
  return FindRoot(distance, low, high).value_or(kNaN);
}

double BinomialAtMost(double x, double n, double p) {
  if (x < 0) return 0;
  if (x >= n || p == 0) return 1;
  return p == 1 ? 0 : Guarded([&] { return bm::ibetac(x + 1, n - x, p, Quiet()); });
}

double BinomialAtLeast(double x, double n, double p) {
  if (x <= 0) return 1;
  if (x > n || p == 0) return 0;
  return p == 1 ? 1 : Guarded([&] { return bm::ibeta(x, n - x + 1, p, Quiet()); });
}

double BinomialMass(double x, double n, double p) {
  if (x < 0 || x > n) return 0;
  if (p == 0 || p == 1) return x == n * p ? 1 : 0;
  return Guarded([&] { return bm::ibeta_derivative(x + 1, n - x + 1, p, Quiet()) / (n + 1); });
}

double NegativeBinomialAtMost(double k, double size, double p) {
  return k < 0 ? 0 : Guarded([&] { return bm::ibeta(size, k + 1, p, Quiet()); });
}

double NegativeBinomialAtLeast(double k, double size, double p) {
  return k <= 0 ? 1 : Guarded([&] { return bm::ibetac(size, k, p, Quiet()); });
}

double LogGamma(double x) {
  return Guarded([&] { return bm::lgamma(x, Quiet()); });
}

std::optional<double> FindRoot(const std::function<double(double)>& f, double low, double high) {
  const double at_low = f(low), at_high = f(high);
  if (at_low == 0) return low;
  if (at_high == 0) return high;
  if (!((at_low < 0 && at_high > 0) || (at_low > 0 && at_high < 0))) return std::nullopt;
  try {
    std::uintmax_t steps = 200;
    const auto [a, b] = bm::tools::toms748_solve(
        f, low, high, at_low, at_high, bm::tools::eps_tolerance<double>(52), steps, Quiet());
    return Computed(a + (b - a) / 2);
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

double FindMinimum(const std::function<double(double)>& f, double low, double high) {
  std::uintmax_t steps = 200;
  return bm::tools::brent_find_minima(f, low, high, 52, steps).first;
}

double IntegrateSmooth(const std::function<double(double)>& f, double low, double high) {
  return low < high ? bm::quadrature::gauss<double, 30, Quiet>::integrate(f, low, high) : 0;
}

}  // namespace reprise::statistics
