// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/anonymisation/objective.h"

#include <algorithm>
#include <cmath>

namespace reprise::extract::anonymisation {
namespace {

// Persons per value of attribute `a`.
std::vector<double> ValueCounts(const Records& records, size_t a) {
  std::vector<double> counts(records.qis[a]->size(), 0.0);
  for (size_t t = 0; t < records.tuples(); ++t) counts[records.value[a][t]] += records.count[t];
  return counts;
}

// Sum over persons of log2(count of label / count of value), in bits.
double Entropy(const Hierarchy& hierarchy, const std::vector<double>& counts, int level) {
  std::vector<double> of_label(hierarchy.labels.size(), 0.0);
  for (size_t v = 0; v < counts.size(); ++v) of_label[hierarchy.label_of[level][v]] += counts[v];
  double sum = 0;
  for (size_t v = 0; v < counts.size(); ++v) {
    if (counts[v] > 0)
      sum += counts[v] * std::log2(of_label[hierarchy.label_of[level][v]] / counts[v]);
  }
  return sum;
}

}  // namespace

Objective::Objective(Metric metric, const Records& records, const KeySpace& space)
    : metric_(metric) {
  const double persons = static_cast<double>(std::max<size_t>(1, records.persons));
  double weights = 0;
  for (size_t a = 0; a < records.attributes(); ++a) {
    const Hierarchy& hierarchy = *records.qis[a];
    const std::vector<double> counts = ValueCounts(records, a);
    std::vector<double> base, worst;
    for (const int level : space.fields[a].level) {
      double sum = 0, most = 0;
      for (size_t v = 0; v < counts.size(); ++v) {
        if (counts[v] == 0) continue;
        const double loss = hierarchy.Loss(hierarchy.label_of[level][v]);
        sum += counts[v] * loss;
        most = std::max(most, loss);
      }
      if (metric == Metric::kNonUniformEntropy) sum = Entropy(hierarchy, counts, level) * persons;
      base.push_back(is_loss() || metric == Metric::kNonUniformEntropy ? sum / persons : 0.0);
      worst.push_back(most);
    }
    base_.push_back(std::move(base));
    worst_.push_back(std::move(worst));
    weight_.push_back(
        metric == Metric::kGranularity ? 1.0 - 1.0 / static_cast<double>(hierarchy.size()) : 1.0);
    weights += weight_.back();
  }
  for (double& weight : weight_)
    weight = weights > 0 ? weight / weights : 1.0 / static_cast<double>(weight_.size());
}

double Objective::Combine(const std::vector<double>& parts) const {
  double sum = 0;
  switch (metric_) {
    case Metric::kLossGeometric:
      for (const double part : parts) sum += std::log1p(part);
      return std::expm1(sum / static_cast<double>(parts.size()));
    case Metric::kLossArithmetic:
    case Metric::kGranularity:
      for (size_t a = 0; a < parts.size(); ++a) sum += weight_[a] * parts[a];
      return sum;
    default:
      for (const double part : parts) sum += part;
      return sum / static_cast<double>(parts.size());
  }
}

std::vector<double> Objective::Weights(const std::vector<double>& parts) const {
  if (metric_ != Metric::kLossGeometric) return weight_;
  std::vector<double> weights;
  double sum = 0;
  for (const double part : parts) {
    weights.push_back(1.0 / (1.0 + part));
    sum += weights.back();
  }
  for (double& weight : weights) weight /= sum;
  return weights;
}

}  // namespace reprise::extract::anonymisation
