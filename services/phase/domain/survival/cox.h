// SPDX-License-Identifier: Apache-2.0
// The log hazard ratio of two groups by Cox's partial likelihood, ties by Efron or Breslow.
// Competing events count as censored. Cox, JRSS B 1972;34:187; Efron, JASA 1977;72:557.
#ifndef REPRISE_PHASE_DOMAIN_SURVIVAL_COX_H_
#define REPRISE_PHASE_DOMAIN_SURVIVAL_COX_H_

#include <optional>

#include "absl/status/statusor.h"
#include "absl/types/span.h"

#include "services/phase/domain/survival/observation.h"

namespace reprise::survival {

enum class Ties { kEfron, kBreslow };

struct HazardRatio {
  double log_ratio = 0;       // group 1 against group 0; above 0: events come sooner in group 1
  double standard_error = 0;  // from the observed information
};

// Empty where the maximum is not finite: no events, or one group's events all come while the other
// has none to lose (for example no event in one group).
//   INVALID_ARGUMENT OBSERVATION_TIME_INVALID, OBSERVATION_STATUS_UNKNOWN, GROUP_OUT_OF_RANGE
absl::StatusOr<std::optional<HazardRatio>> CoxTwoGroups(absl::Span<const Member> members,
                                                        Ties ties);

}  // namespace reprise::survival

#endif  // REPRISE_PHASE_DOMAIN_SURVIVAL_COX_H_
