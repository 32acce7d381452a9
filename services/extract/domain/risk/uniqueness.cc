// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/risk/uniqueness.h"

#include <algorithm>
#include <cmath>

namespace reprise::extract::risk {
namespace {

using Histogram = std::map<uint32_t, uint32_t>;

struct Totals {
  double records = 0, classes = 0, uniques = 0, pairs = 0;
};

Totals TotalsOf(const Histogram& histogram) {
  Totals out;
  for (const auto& [size, classes] : histogram) {
    out.records += double(size) * classes;
    out.classes += classes;
  }
  if (const auto one = histogram.find(1); one != histogram.end()) out.uniques = one->second;
  if (const auto two = histogram.find(2); two != histogram.end()) out.pairs = two->second;
  return out;
}

// P(population unique | sample unique) with the sample's class sizes standing for the population's,
// times the share of sample uniques. A class of i is hit exactly once with the hypergeometric
// probability i n/N prod_{j<i} (N-n+1-j)/(N-j).
double Zayatz(const Histogram& histogram, const Totals& t, double population) {
  double unique = 0, all = 0;
  for (const auto& [size, classes] : histogram) {
    double chance = size * t.records / population;
    for (uint32_t j = 1; j < size && chance > 0; ++j) {
      chance *= std::max(0.0, population - t.records + 1 - j) / (population - j);
      if (chance < 1e-300) break;
    }
    all += classes * chance;
    if (size == 1) unique = classes * chance;
  }
  return all > 0 ? unique / all * t.uniques / t.records : 0;
}

template <typename F>
double ArgMax(F f, double low, double high) {
  constexpr double kGolden = 0.6180339887498949;
  double a = high - kGolden * (high - low), b = low + kGolden * (high - low);
  double fa = f(a), fb = f(b);
  for (int i = 0; i < 70; ++i) {
    if (fa < fb) {
      low = a, a = b, fa = fb;
      b = low + kGolden * (high - low), fb = f(b);
    } else {
      high = b, b = a, fb = fa;
      a = high - kGolden * (high - low), fa = f(a);
    }
  }
  return (low + high) / 2;
}

// Log-likelihood of Pitman's sampling formula without its constant (Hoshino 2001, equation 2).
double PitmanLikelihood(const Histogram& histogram, const Totals& t, double alpha, double theta) {
  double value = (t.classes - 1) * std::log(alpha) + std::lgamma(theta / alpha + t.classes) -
                 std::lgamma(theta / alpha + 1) - std::lgamma(theta + t.records) +
                 std::lgamma(theta + 1);
  for (const auto& [size, classes] : histogram) {
    value += classes * (std::lgamma(size - alpha) - std::lgamma(1 - alpha));
  }
  return value;
}

// Whether Hoshino's moment equations have a solution in the model's range; where they have none
// (nearly everybody unique, or no pair at all) the likelihood is flat and its maximum means
// nothing.
bool PitmanIdentified(const Totals& t) {
  if (t.uniques < 1 || t.pairs < 1 || t.classes < 2) return false;
  const double n = t.records, u = t.classes, s = t.uniques, c = s * (s - 1) / t.pairs;
  const double theta = (n * u * c - s * (n - 1) * (2 * u + c)) / (2 * s * u + s * c - n * c);
  const double alpha = (theta * (s - n) + (n - 1) * s) / (n * u);
  return std::isfinite(theta) && alpha > 0 && alpha < 1 && theta > -alpha;
}

std::optional<double> Pitman(const Histogram& histogram, const Totals& t, double population) {
  if (!PitmanIdentified(t)) return std::nullopt;
  constexpr double kLow = -12, kHigh = 18;  // of log(theta + alpha)
  const auto best_theta = [&](double alpha) {
    const double at =
        ArgMax([&](double x) { return PitmanLikelihood(histogram, t, alpha, std::exp(x) - alpha); },
               kLow, kHigh);
    return std::exp(at) - alpha;
  };
  const double alpha = ArgMax(
      [&](double a) { return PitmanLikelihood(histogram, t, a, best_theta(a)); }, 1e-4, 1 - 1e-4);
  const double theta = best_theta(alpha);
  const double uniques =
      std::exp(std::lgamma(theta + 1) - std::lgamma(theta + alpha) + alpha * std::log(population));
  const double share = uniques / population;
  if (!std::isfinite(share) || share > 1) return std::nullopt;
  return share;
}

// Class size = 1 + negative binomial(shape, p). With sampling fraction f its generating function G
// gives the expected classes K (1 - G(1-f)) and uniques K f G'(1-f); K follows from the mean.
struct Slide {
  double population, fraction, shape, p;

  double Classes() const { return population / (1 + shape * (1 - p) / p); }
  double G(double z) const { return z * std::pow(p / (1 - (1 - p) * z), shape); }
  double SampleClasses() const { return Classes() * (1 - G(1 - fraction)); }
  double SampleUniques() const {
    const double z = 1 - fraction;
    return Classes() * fraction * G(z) * (1 / z + shape * (1 - p) / (1 - (1 - p) * z));
  }
  double PopulationUniques() const { return Classes() * std::pow(p, shape); }
};

// The shape with which the model expects the sample's number of classes; it falls with the shape.
Slide WithShape(double population, double fraction, double p, double classes) {
  double low = -30, high = 30;  // of log(shape)
  for (int i = 0; i < 100; ++i) {
    const double middle = (low + high) / 2;
    const Slide slide{population, fraction, std::exp(middle), p};
    (slide.SampleClasses() > classes ? low : high) = middle;
  }
  return {population, fraction, std::exp(low), p};
}

std::optional<double> SlideNegativeBinomial(const Totals& t, double population) {
  const double fraction = t.records / population;
  if (t.classes >= t.records || t.uniques < 1 || fraction >= 1) return std::nullopt;
  const auto excess = [&](double x) {
    const double p = 1 / (1 + std::exp(-x));
    return WithShape(population, fraction, p, t.classes).SampleUniques() - t.uniques;
  };
  double low = -20, at_low = excess(low);
  for (double high = low + 0.5; high <= 20; high += 0.5) {
    const double at_high = excess(high);
    if (std::isfinite(at_low) && std::isfinite(at_high) && (at_low > 0) != (at_high > 0)) {
      for (int i = 0; i < 60; ++i) {
        const double middle = (low + high) / 2;
        ((excess(middle) > 0) == (at_low > 0) ? low : high) = middle;
      }
      const double p = 1 / (1 + std::exp(-low));
      return WithShape(population, fraction, p, t.classes).PopulationUniques() / population;
    }
    low = high, at_low = at_high;
  }
  return std::nullopt;
}

}  // namespace

UniquenessEstimate EstimateUniqueness(const std::map<uint32_t, uint32_t>& histogram,
                                      double population) {
  UniquenessEstimate out;
  out.dankar_choice = "zayatz";
  const Totals t = TotalsOf(histogram);
  if (t.records == 0) return out;
  population = std::max(population, t.records);
  if (t.uniques == 0 || population == t.records) {  // nobody is unique, or the sample is everybody
    const double share = t.uniques / population;
    out = {
        .zayatz = share, .pitman = share, .snb = share, .dankar = share, .dankar_choice = "zayatz"};
    return out;
  }
  out.zayatz = Zayatz(histogram, t, population);
  out.pitman = Pitman(histogram, t, population);
  out.snb = SlideNegativeBinomial(t, population);
  out.dankar = out.zayatz;
  if (t.records / population <= 0.1) {
    if (out.pitman.has_value()) out.dankar = *out.pitman, out.dankar_choice = "pitman";
  } else if (out.snb.has_value() && *out.snb <= out.zayatz) {
    out.dankar = *out.snb, out.dankar_choice = "snb";
  }
  return out;
}

double ExpectedJournalistRisk(uint32_t f, double fraction) {
  if (fraction >= 1) return 1.0 / f;
  const double odds = (1 - fraction) / fraction;
  // r_1 = log(1+odds)/odds and r_(f+1) = (1/f - r_f)/odds: stable while odds exceed 1, but its
  // differences lose digits for large f.
  if (odds > 2 && f <= 12) {
    double risk = std::log1p(odds) / odds;
    for (uint32_t i = 1; i < f; ++i) risk = (1.0 / i - risk) / odds;
    return risk;
  }
  // Far in the tail the class size is nearly Gamma(f) / fraction, whose inverse has this mean.
  if (f / fraction > 1e5) return fraction / (f - 1);
  // Sum over h >= f of C(h-1, f-1) fraction^f (1-fraction)^(h-f) / h.
  double term = std::exp(f * std::log(fraction)), sum = 0, mass = 0;
  if (term < 1e-290) return fraction / (f - 1);
  for (double h = f; mass < 1 - 1e-12 && h < 1e7; ++h) {
    sum += term / h;
    mass += term;
    term *= (1 - fraction) * h / (h - f + 1);
  }
  return sum;
}

}  // namespace reprise::extract::risk
