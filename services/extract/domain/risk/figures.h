// SPDX-License-Identifier: Apache-2.0
// The figures of a released file recounted from its labels: classes, suppression, risk and every
// loss that a solver may have minimised.
#ifndef REPRISE_EXTRACT_DOMAIN_RISK_FIGURES_H_
#define REPRISE_EXTRACT_DOMAIN_RISK_FIGURES_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/types/span.h"

#include "services/extract/domain/risk/sample.h"

namespace reprise::extract::risk {

// Names as in expected.json. Losses need a hierarchy for every quasi-identifier.
struct Figures {
  size_t persons = 0;
  size_t suppressed_records = 0;
  size_t classes = 0;
  uint32_t min_class = 0;
  std::map<uint32_t, uint32_t> class_size_histogram;  // size -> classes
  double prosecutor_highest_risk = 0;                 // 1 / min_class; 0 without a class
  double average_risk = 0;                            // classes / published records
  double discernibility = 0;      // sum of squared class sizes + n for each suppressed record
  double average_class_size = 0;  // n / classes, the suppressed counting as one class
};

struct LossFigures {
  std::vector<std::pair<std::string, double>> per_qi_loss;  // in the order of the case
  double loss_arithmetic_mean = 0;
  double loss_geometric_mean = 0;  // prod(1 + L_a)^(1/m) - 1
  double granularity_loss = 0;     // (mean share - mean 1/D) / (1 - mean 1/D); 0 is best
};

// Cells that read "*" in a column, whole suppressed persons included.
struct StarCount {
  std::string name;
  size_t cells = 0;
};

Figures CountFigures(const Sample& sample);
// nullopt when a quasi-identifier has no hierarchy.
std::optional<LossFigures> CountLoss(const Sample& sample);
std::vector<StarCount> CountStars(const Sample& sample);
// Sum over cells of log2(persons below the written label / persons with the original value);
// `originals[q]` holds the domain value of each person.
double NonUniformEntropy(const Sample& sample, absl::Span<const Codes> originals);

// By quasi-identifier a bit mask: bit j is set when every published cell may have been written at
// level j of its own value. 0 where codings are mixed. Levels beyond the 64th are not told.
std::vector<uint64_t> CommonLevels(const Sample& sample, absl::Span<const Codes> originals);

}  // namespace reprise::extract::risk

#endif  // REPRISE_EXTRACT_DOMAIN_RISK_FIGURES_H_
