// SPDX-License-Identifier: Apache-2.0
// The two calls with which a trial allocates, both pure, so that a service can make them inside
// the transaction that stores their result.
//   lists:  absl::StatusOr<int> arm = ListSlot(design, seed, StratumLabel(design, levels), n);
//   live:   DecideAllocation(design, counts, levels, LiveUniform(seed, sequence_no));
#ifndef REPRISE_COHORT_DOMAIN_RANDOMISATION_ALLOCATE_H_
#define REPRISE_COHORT_DOMAIN_RANDOMISATION_ALLOCATE_H_

#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"

#include "services/cohort/domain/randomisation/design.h"
#include "services/cohort/domain/randomisation/history.h"

namespace reprise::randomisation {

// Everything that the allocation's record must hold; vectors have one entry an arm.
struct Decision {
  int arm = 0;                        // index into design.arms
  std::vector<double> scores;         // empty for simple randomisation
  std::vector<int> preferred;         // indices of the arms with the least score
  std::vector<double> probabilities;  // sum 1
};

// The live allocation of a participant with `levels` (one index a factor, protocol order) after
// `history`, by the uniform `u`: the arm whose stretch of [0, 1), in arm order, holds u. With an
// empty history all scores tie and the chances are ratio over sum.
//   INVALID_ARGUMENT DESIGN_INVALID, LEVEL_UNKNOWN, HISTORY_MISMATCH, UNIFORM_OUT_OF_RANGE,
//   METHOD_UNSUITABLE (blocks have lists)
absl::StatusOr<Decision> DecideAllocation(const Design& design, const HistoryCounts& history,
                                          absl::Span<const int> levels, double u);

}  // namespace reprise::randomisation

#endif  // REPRISE_COHORT_DOMAIN_RANDOMISATION_ALLOCATE_H_
