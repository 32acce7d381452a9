// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/domain/statistics/exact_power.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace reprise::statistics {
namespace {

// Probabilities of `first`, `first` + 1, …
struct Masses {
  int64_t first = 0;
  std::vector<double> mass;

  int64_t last() const { return first + static_cast<int64_t>(mass.size()) - 1; }
  double At(int64_t x) const {
    return x < first || x > last() ? 0 : mass[static_cast<size_t>(x - first)];
  }
};

// How many outcomes of Binomial(n, p) lie within reach, and the first of them.
std::pair<int64_t, int64_t> Reach(int64_t n, double p) {
  const double mean = static_cast<double>(n) * p;
  const double reach = 10 * std::sqrt(mean * (1 - p)) + 40;
  return {static_cast<int64_t>(std::max(0.0, std::floor(mean - reach))),
          static_cast<int64_t>(std::min(static_cast<double>(n), std::ceil(mean + reach)))};
}

Masses BinomialMasses(int64_t n, double p) {
  const auto [first, last] = Reach(n, p);
  Masses masses{.first = first, .mass = std::vector<double>(static_cast<size_t>(last - first + 1))};
  const auto mode = std::clamp(static_cast<int64_t>(static_cast<double>(n + 1) * p), first, last);
  const double odds = p / (1 - p);
  const auto at = [&](int64_t x) -> double& { return masses.mass[static_cast<size_t>(x - first)]; };
  at(mode) = BinomialMass(static_cast<double>(mode), static_cast<double>(n), p);
  for (int64_t x = mode; x < last; ++x) {
    at(x + 1) = at(x) * odds * static_cast<double>(n - x) / static_cast<double>(x + 1);
  }
  for (int64_t x = mode; x > first; --x) {
    at(x - 1) = at(x) / odds * static_cast<double>(x) / static_cast<double>(n - x + 1);
  }
  return masses;
}

// Pooled z of x2/n2 - x1/n1; grows with x2 for any given x1.
double PooledZ(double x1, double n1, double x2, double n2) {
  const double pooled = (x1 + x2) / (n1 + n2);
  const double variance = pooled * (1 - pooled) * (1 / n1 + 1 / n2);
  return variance > 0 ? (x2 / n2 - x1 / n1) / std::sqrt(variance) : 0;
}

// Conditional on x1 + x2 = total: x1 is hypergeometric. Weights relative to the mode's, as far as
// they matter against `alpha`.
Masses HypergeometricMasses(int64_t n1, int64_t n2, int64_t total, double alpha) {
  const int64_t low = std::max<int64_t>(0, total - n2), high = std::min(n1, total);
  const double a = static_cast<double>(n1), b = static_cast<double>(n2),
               m = static_cast<double>(total);
  const auto mode = std::clamp(static_cast<int64_t>((m + 1) * (a + 1) / (a + b + 2)), low, high);
  const double negligible = 1e-18 * alpha;
  const auto ratio = [&](double x) {  // weight of x + 1 over that of x
    return (a - x) * (m - x) / ((x + 1) * (b - m + x + 1));
  };
  std::vector<double> down;
  double weight = 1;
  for (int64_t x = mode; x > low && weight > negligible; --x) {
    down.push_back(weight /= ratio(static_cast<double>(x - 1)));
  }
  Masses masses{.first = mode - static_cast<int64_t>(down.size()),
                .mass = {down.rbegin(), down.rend()}};
  masses.mass.push_back(weight = 1);
  for (int64_t x = mode; x < high && weight > negligible; ++x) {
    masses.mass.push_back(weight *= ratio(static_cast<double>(x)));
  }
  double sum = 0;
  for (const double value : masses.mass) sum += value;
  for (double& value : masses.mass) value /= sum;
  return masses;
}

// x1 not above `low_end` or not below `high_start` is rejected.
struct Rejected {
  int64_t low_end;
  int64_t high_start;
};

Rejected OneSided(const Masses& given_total, double alpha, bool second_higher) {
  Rejected rejected{.low_end = given_total.first - 1, .high_start = given_total.last() + 1};
  double tail = 0;
  if (second_higher) {
    while (rejected.low_end < given_total.last() &&
           (tail += given_total.At(rejected.low_end + 1)) <= alpha) {
      ++rejected.low_end;
    }
  } else {
    while (rejected.high_start > given_total.first &&
           (tail += given_total.At(rejected.high_start - 1)) <= alpha) {
      --rejected.high_start;
    }
  }
  return rejected;
}

Rejected TwoSided(const Masses& given_total, double alpha) {
  constexpr double kSame = 1 + 1e-7;
  Rejected rejected{.low_end = given_total.first - 1, .high_start = given_total.last() + 1};
  for (double tail = 0;;) {
    int64_t low = rejected.low_end, high = rejected.high_start;
    if (low + 1 >= high) return rejected;
    const double least = kSame * std::min(given_total.At(low + 1), given_total.At(high - 1));
    while (low + 1 < high && given_total.At(low + 1) <= least) tail += given_total.At(++low);
    while (high - 1 > low && given_total.At(high - 1) <= least) tail += given_total.At(--high);
    if (tail > alpha) return rejected;
    rejected = {.low_end = low, .high_start = high};
  }
}

double Width(int64_t n, double p) {
  const auto [first, last] = Reach(n, p);
  return static_cast<double>(last - first + 1);
}

}  // namespace

Computable ExactChisqPower(const TwoProportionsArms& arms) {
  if (Width(arms.n1, arms.p1) + Width(arms.n2, arms.p2) > 5e6) return std::nullopt;
  const Masses first = BinomialMasses(arms.n1, arms.p1), second = BinomialMasses(arms.n2, arms.p2);
  const double critical = NormalUpperQuantile(arms.alpha / static_cast<double>(arms.sides));
  const bool up = arms.sides == 2 || arms.p2 > arms.p1, down = arms.sides == 2 || arms.p2 < arms.p1;
  std::vector<double> below(second.mass.size() + 1, 0);  // below[i]: the first i outcomes together
  for (size_t i = 0; i < second.mass.size(); ++i) below[i + 1] = below[i] + second.mass[i];
  const auto z_at = [&](int64_t x1, size_t i) {
    return PooledZ(static_cast<double>(x1), static_cast<double>(arms.n1),
                   static_cast<double>(second.first + static_cast<int64_t>(i)),
                   static_cast<double>(arms.n2));
  };
  double power = 0;
  size_t low = 0, high = 0;  // outcomes [0, low) reject downwards, [high, end) upwards
  for (int64_t x1 = first.first; x1 <= first.last(); ++x1) {
    while (low < second.mass.size() && z_at(x1, low) <= -critical) ++low;
    while (high < second.mass.size() && z_at(x1, high) < critical) ++high;
    power += first.At(x1) * ((down ? below[low] : 0) + (up ? below.back() - below[high] : 0));
  }
  return Computed(std::min(1.0, power));
}

Computable ExactFisherPower(const TwoProportionsArms& arms) {
  const double width1 = Width(arms.n1, arms.p1), width2 = Width(arms.n2, arms.p2);
  // Each total costs its tables and about fifty more.
  if ((width1 + width2) * (std::min(width1, width2) + 50) > 4e7) return std::nullopt;
  const Masses first = BinomialMasses(arms.n1, arms.p1), second = BinomialMasses(arms.n2, arms.p2);
  double power = 0;
  for (int64_t total = first.first + second.first; total <= first.last() + second.last(); ++total) {
    const Masses given_total = HypergeometricMasses(arms.n1, arms.n2, total, arms.alpha);
    const Rejected rejected = arms.sides == 2
                                  ? TwoSided(given_total, arms.alpha)
                                  : OneSided(given_total, arms.alpha, arms.p2 > arms.p1);
    const int64_t from = std::max(first.first, total - second.last());
    const int64_t to = std::min(first.last(), total - second.first);
    for (int64_t x1 = from; x1 <= to; ++x1) {
      const bool rejects = x1 <= rejected.low_end || x1 >= rejected.high_start;
      if (rejects) power += first.At(x1) * second.At(total - x1);
    }
  }
  return Computed(std::min(1.0, power));
}

}  // namespace reprise::statistics
