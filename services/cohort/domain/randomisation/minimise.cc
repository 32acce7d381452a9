// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/domain/randomisation/minimise.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numeric>

namespace reprise::randomisation {
namespace {

constexpr double kTieTolerance = 1e-9;

bool Has(ArmSet set, size_t arm) { return (set >> arm & 1U) != 0; }

int SumOf(absl::Span<const int> ratio) { return std::accumulate(ratio.begin(), ratio.end(), 0); }

bool AllEqual(absl::Span<const int> ratio) {
  return std::all_of(ratio.begin(), ratio.end(), [&](int r) { return r == ratio[0]; });
}

}  // namespace

ArmValues SharedProbabilities(absl::Span<const int> ratio, ArmSet preferred, double p) {
  ArmValues chances{};
  const int in = __builtin_popcount(preferred);
  const int out = static_cast<int>(ratio.size()) - in;
  for (size_t k = 0; k < ratio.size(); ++k) {
    chances[k] = out == 0            ? static_cast<double>(ratio[k]) / SumOf(ratio)
                 : Has(preferred, k) ? p / in
                                     : (1 - p) / out;
  }
  return chances;
}

ArmValues BiasedCoinProbabilities(absl::Span<const int> ratio, ArmSet preferred, double p) {
  ArmValues chances{};
  const int sum = SumOf(ratio);
  const int span = sum - *std::min_element(ratio.begin(), ratio.end());
  int preferred_sum = 0;
  for (size_t i = 0; i < ratio.size(); ++i) preferred_sum += Has(preferred, i) ? ratio[i] : 0;
  if (preferred_sum == sum) return SharedProbabilities(ratio, preferred, p);
  for (size_t i = 0; i < ratio.size(); ++i) {
    if (!Has(preferred, i)) continue;
    const double share = static_cast<double>(ratio[i]) / preferred_sum;
    for (size_t k = 0; k < ratio.size(); ++k) {
      chances[k] +=
          share * (k == i ? 1 - (1 - p) * (sum - ratio[i]) / span : (1 - p) * ratio[k] / span);
    }
  }
  return chances;
}

int PickArm(const ArmValues& chances, int arms, double u) {
  int arm = 0;
  double upto = 0;
  for (int k = 0; k < arms; ++k) {
    if (chances[k] <= 0) continue;
    arm = k;
    upto += chances[k];
    if (u < upto) break;
  }
  return arm;
}

Minimiser::Minimiser(const Design& design)
    : arms_(static_cast<int>(design.arms.size())),
      ratio_(RatioOf(design)),
      p_high_(design.p_high),
      measure_(design.measure),
      weight_overall_(design.weight_overall) {
  for (const Factor& factor : design.factors) weights_.push_back(factor.weight);
  int64_t multiple = 1;
  for (const int r : ratio_) multiple = std::lcm(multiple, int64_t{r});
  for (size_t k = 0; k < ratio_.size(); ++k) scale_[k] = multiple / ratio_[k];
  const auto length = static_cast<double>(multiple);
  switch (measure_) {
    case Measure::kRange:
      unit_ = 1 / length;
      break;
    case Measure::kVariance:
    case Measure::kStandardDeviation:
      unit_ = 1 / (length * length * arms_ * (arms_ - 1));
      break;
    case Measure::kMarginalBalance:
      unit_ = 1.0 / (arms_ - 1);
      break;
  }
}

// The variance is the mean over all ordered pairs of half the squared distance, so it too needs
// distances only.
double Minimiser::Distance(const int64_t* scaled, int64_t sum) const {
  if (measure_ == Measure::kRange) {
    const auto [low, high] = std::minmax_element(scaled, scaled + arms_);
    return static_cast<double>(*high - *low) * unit_;
  }
  double distances = 0, squares = 0;
  for (int k = 0; k < arms_; ++k) {
    for (int l = k + 1; l < arms_; ++l) {
      const auto distance = static_cast<double>(std::llabs(scaled[k] - scaled[l]));
      distances += distance;
      squares += distance * distance;
    }
  }
  if (measure_ == Measure::kVariance) return squares * unit_;
  if (measure_ == Measure::kStandardDeviation) return std::sqrt(squares * unit_);
  return distances * unit_ / static_cast<double>(sum);
}

double Minimiser::PairDistance(int64_t first, int64_t second) const {
  const auto distance = static_cast<double>(std::llabs(first - second));
  switch (measure_) {
    case Measure::kRange:
      return distance * unit_;
    case Measure::kVariance:
      return distance * distance * unit_;
    case Measure::kStandardDeviation:
      return std::sqrt(distance * distance * unit_);
    case Measure::kMarginalBalance:
      return distance * unit_ / static_cast<double>(first + second);
  }
  return 0;
}

void Minimiser::ScoreTwo(const HistoryCounts& history, const int* levels, ArmValues& scores) const {
  double score_a = 0, score_b = 0;
  const auto add = [&](const int32_t* counts, double weight) {
    const int64_t a = counts[0] * scale_[0], b = counts[1] * scale_[1];
    score_a += weight * PairDistance(a + scale_[0], b);
    score_b += weight * PairDistance(a, b + scale_[1]);
  };
  for (size_t i = 0; i < weights_.size(); ++i) add(history.Level(i, levels[i]), weights_[i]);
  if (weight_overall_ > 0) add(history.Totals(), weight_overall_);
  scores[0] = score_a;
  scores[1] = score_b;
}

void Minimiser::ScoreRow(const int32_t* counts, double weight, ArmValues& scores) const {
  std::array<int64_t, kMaxArms> scaled{};
  int64_t sum = 0;
  for (int k = 0; k < arms_; ++k) sum += scaled[k] = counts[k] * scale_[k];
  for (int t = 0; t < arms_; ++t) {
    scaled[t] += scale_[t];
    scores[t] += weight * Distance(scaled.data(), sum + scale_[t]);
    scaled[t] -= scale_[t];
  }
}

void Minimiser::Score(const HistoryCounts& history, const int* levels, ArmValues& scores) const {
  if (arms_ == 2) return ScoreTwo(history, levels, scores);
  scores.fill(0);
  for (size_t i = 0; i < weights_.size(); ++i) {
    ScoreRow(history.Level(i, levels[i]), weights_[i], scores);
  }
  if (weight_overall_ > 0) ScoreRow(history.Totals(), weight_overall_, scores);
}

ArmSet Minimiser::Preferred(const ArmValues& scores) const {
  double least = scores[0];
  for (int k = 1; k < arms_; ++k) least = std::min(least, scores[k]);
  ArmSet preferred = 0;
  for (int k = 0; k < arms_; ++k) {
    if (scores[k] - least <= kTieTolerance * scores[k]) preferred |= ArmSet{1} << k;
  }
  return preferred;
}

ArmValues Minimiser::Probabilities(ArmSet preferred) const {
  return AllEqual(ratio_) ? SharedProbabilities(ratio_, preferred, p_high_)
                          : BiasedCoinProbabilities(ratio_, preferred, p_high_);
}

}  // namespace reprise::randomisation
