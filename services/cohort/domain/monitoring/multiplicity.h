// SPDX-License-Identifier: Apache-2.0
// p-values adjusted for their number, in the order given. Missing ones stay missing and do not
// count. Benjamini & Hochberg, JRSS B 1995;57:289; Holm, Scand J Stat 1979;6:65.
#ifndef REPRISE_COHORT_DOMAIN_MONITORING_MULTIPLICITY_H_
#define REPRISE_COHORT_DOMAIN_MONITORING_MULTIPLICITY_H_

#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"

#include "services/cohort/domain/monitoring/moments.h"

namespace reprise::monitoring {

struct AdjustedP {
  std::vector<Recorded> benjamini_hochberg;
  std::vector<Recorded> holm;
};

//   INVALID_ARGUMENT PROBABILITY_INVALID at `p[i]`
absl::StatusOr<AdjustedP> Adjust(absl::Span<const Recorded> p);

}  // namespace reprise::monitoring

#endif  // REPRISE_COHORT_DOMAIN_MONITORING_MULTIPLICITY_H_
