// SPDX-License-Identifier: Apache-2.0
// Whether a released file keeps what its case promises, model by model, with the worst class.
#ifndef REPRISE_EXTRACT_DOMAIN_RISK_PROMISES_H_
#define REPRISE_EXTRACT_DOMAIN_RISK_PROMISES_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"

#include "services/extract/domain/risk/disclosure.h"
#include "services/extract/domain/risk/population.h"
#include "services/extract/domain/risk/sample.h"

namespace reprise::extract::risk {

struct PromiseOutcome {
  std::string text;
  bool holds = false;
  // The worst class's figure in the model's own unit (persons, values, distance, share ...);
  // infinity where a value is missing altogether.
  double reached = 0;
  // Record (1-based, header 1) of the first person of the worst class; 0 for a whole file.
  size_t worst_record = 0;
  uint32_t worst_class_size = 0;
};

// How often each value occurs in each class.
std::vector<ClassCounts> CountByClass(const Grouping& classes, const Codes& column);
// And among all persons, the suppressed included.
Reference ReferenceOf(const SampleColumn& column);
// Label ids in `tree` of a column's codes.
//   INVALID_ARGUMENT DATA_VALUE_UNKNOWN naming `file` and the column
absl::StatusOr<std::vector<uint32_t>> DomainLabels(const SampleColumn& column,
                                                   const LabelTree& tree, const std::string& file);

// One outcome a promise. `population` may be null: then a k-map counts the class itself, and
// delta-presence cannot hold.
//   INVALID_ARGUMENT HIERARCHY_MISSING (a `th:` promise without its hierarchy), DATA_VALUE_UNKNOWN
absl::StatusOr<std::vector<PromiseOutcome>> CheckPromises(const Sample& sample,
                                                          const VerifierCase& request,
                                                          const Population* population,
                                                          const std::string& file);

}  // namespace reprise::extract::risk

#endif  // REPRISE_EXTRACT_DOMAIN_RISK_PROMISES_H_
