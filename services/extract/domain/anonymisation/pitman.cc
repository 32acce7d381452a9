// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/anonymisation/pitman.h"

#include <algorithm>
#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/trigamma.hpp>
#include <cmath>

namespace reprise::extract::anonymisation {
namespace {

// A step that leaves the domain gives NaN, never an exception.
namespace policies = boost::math::policies;
using Quiet = policies::policy<policies::domain_error<policies::ignore_error>,
                               policies::pole_error<policies::ignore_error>,
                               policies::overflow_error<policies::ignore_error>,
                               policies::evaluation_error<policies::ignore_error>>;
double digamma(double x) { return boost::math::digamma(x, Quiet()); }
double trigamma(double x) { return boost::math::trigamma(x, Quiet()); }

struct Sample {
  double records = 0, classes = 0, ones = 0, twos = 0;
};

Sample Count(const SizeHistogram& sizes) {
  Sample sample;
  for (const auto& [size, number] : sizes) {
    sample.records += static_cast<double>(size) * number;
    sample.classes += number;
    if (size == 1) sample.ones = number;
    if (size == 2) sample.twos = number;
  }
  return sample;
}

// One Newton step on the two derivatives of the log-likelihood. The sums over i of 1/(theta + i
// alpha) and the like are differences of digamma and trigamma functions.
bool Step(const SizeHistogram& sizes, const Sample& s, double& theta, double& alpha) {
  const double ratio = theta / alpha;
  if (!(alpha > 0) || !(alpha < 1) || !(ratio > -1) || !(theta > -1)) return false;
  const double first = (digamma(ratio + s.classes) - digamma(ratio + 1)) / alpha;
  const double square = (trigamma(ratio + 1) - trigamma(ratio + s.classes)) / (alpha * alpha);
  double rest = 0, rest_slope = 0;
  for (const auto& [size, number] : sizes) {
    if (size < 2) continue;
    rest += number * (digamma(size - alpha) - digamma(1 - alpha));
    rest_slope += number * (trigamma(size - alpha) - trigamma(1 - alpha));
  }
  const double by_theta = first - (digamma(theta + s.records) - digamma(theta + 1));
  const double by_alpha = (s.classes - 1 - theta * first) / alpha - rest;
  const double tt = -square + trigamma(theta + 1) - trigamma(theta + s.records);
  const double ta = -(first - theta * square) / alpha;
  const double aa =
      -(s.classes - 1 - 2 * theta * first + theta * theta * square) / (alpha * alpha) + rest_slope;
  const double determinant = tt * aa - ta * ta;
  if (determinant == 0) return false;
  theta -= (by_theta * aa - by_alpha * ta) / determinant;
  alpha -= (by_alpha * tt - by_theta * ta) / determinant;
  return std::isfinite(theta) && std::isfinite(alpha);
}

absl::optional<double> Pitman(const SizeHistogram& sizes, const Sample& s, double population) {
  if (s.twos == 0 || s.classes < 2) return absl::nullopt;
  const double c = s.ones * (s.ones - 1) / s.twos;
  double theta = (s.records * s.classes * c - s.ones * (s.records - 1) * (2 * s.classes + c)) /
                 (2 * s.ones * s.classes + s.ones * c - s.records * c);
  double alpha =
      (theta * (s.ones - s.records) + (s.records - 1) * s.ones) / (s.records * s.classes);
  for (int i = 0; i < 200; ++i) {
    const double theta_before = theta, alpha_before = alpha;
    if (!Step(sizes, s, theta, alpha)) return absl::nullopt;
    if (std::abs(theta - theta_before) > 1e-9 * std::max(1.0, std::abs(theta))) continue;
    if (std::abs(alpha - alpha_before) > 1e-9) continue;
    if (!(alpha > 0) || !(alpha < 1) || !(theta > -alpha)) return absl::nullopt;
    const double uniques = std::exp(std::lgamma(theta + 1) - std::lgamma(theta + alpha) +
                                    alpha * std::log(population));
    return std::isfinite(uniques) ? absl::optional<double>(std::min(1.0, uniques / population))
                                  : absl::nullopt;
  }
  return absl::nullopt;
}

// The share of the sample's uniques that stay alone when as many others again are drawn as the
// population has.
double Zayatz(const SizeHistogram& sizes, const Sample& s, double population) {
  const double fraction = s.records / population;
  double ones_expected = 0;
  for (const auto& [size, number] : sizes) {
    // A class of `size` in the population leaves one record in a sample of that fraction.
    ones_expected += number / s.classes * size * fraction *
                     std::pow(1 - fraction, static_cast<double>(size) - 1);
  }
  const double alone = ones_expected > 0 ? s.ones / s.classes * fraction / ones_expected : 1;
  return std::min(1.0, s.ones * std::min(1.0, alone) / fraction / population);
}

}  // namespace

absl::optional<double> PopulationUniqueShare(const SizeHistogram& sizes, double population) {
  const Sample sample = Count(sizes);
  if (sample.ones == 0) return 0.0;
  population = std::max(population, sample.records);
  if (sample.records <= 0.1 * population) return Pitman(sizes, sample, population);
  return Zayatz(sizes, sample, population);
}

}  // namespace reprise::extract::anonymisation
