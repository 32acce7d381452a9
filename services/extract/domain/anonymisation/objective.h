// SPDX-License-Identifier: Apache-2.0
// What a search minimises, split into what a coding alone costs (per attribute and rung, known
// without looking at classes) and what suppression adds.
#ifndef REPRISE_EXTRACT_DOMAIN_ANONYMISATION_OBJECTIVE_H_
#define REPRISE_EXTRACT_DOMAIN_ANONYMISATION_OBJECTIVE_H_

#include <vector>

#include "services/extract/domain/anonymisation/keys.h"
#include "services/extract/domain/anonymisation/model.h"
#include "services/extract/domain/anonymisation/records.h"

namespace reprise::extract::anonymisation {

class Objective {
 public:
  Objective(Metric metric, const Records& records, const KeySpace& space);

  Metric metric() const { return metric_; }
  // Loss metrics are a function of the attributes' mean losses and so of who is suppressed.
  bool is_loss() const {
    return metric_ == Metric::kLossArithmetic || metric_ == Metric::kLossGeometric ||
           metric_ == Metric::kGranularity;
  }
  // Mean loss (or summed entropy, or 0 for class-size metrics) of attribute `a` at `rung` over all
  // released persons when nobody is suppressed. Never falls as the rung rises.
  double Base(size_t a, int rung) const { return base_[a][rung]; }
  // Largest loss that any tuple of the data has at that rung.
  double Worst(size_t a, int rung) const { return worst_[a][rung]; }
  // From per-attribute parts to the metric. Non-decreasing in each part.
  double Combine(const std::vector<double>& parts) const;
  // Weights that sum to 1 and, applied to losses, give loss_am or granularity; for loss_gm its
  // gradient at `parts`.
  std::vector<double> Weights(const std::vector<double>& parts) const;

 private:
  Metric metric_;
  std::vector<std::vector<double>> base_;
  std::vector<std::vector<double>> worst_;
  std::vector<double> weight_;
};

}  // namespace reprise::extract::anonymisation

#endif  // REPRISE_EXTRACT_DOMAIN_ANONYMISATION_OBJECTIVE_H_
