// SPDX-License-Identifier: Apache-2.0
// Gray's test: are the cumulative incidences of the event alike in all groups when competing events
// exist? Weight 1 (rho = 0), one stratum. Gray, Ann Stat 1988;16:1141; with several events at one
// time the variance carries the finite-population factors of R's cmprsk, so that results agree.
#ifndef REPRISE_PHASE_DOMAIN_SURVIVAL_GRAY_H_
#define REPRISE_PHASE_DOMAIN_SURVIVAL_GRAY_H_

#include "absl/status/statusor.h"
#include "absl/types/span.h"

#include "services/phase/domain/survival/log_rank.h"
#include "services/phase/domain/survival/observation.h"

namespace reprise::survival {

// Groups with nobody at risk at any event are left out. Member::stratum is not read.
//   INVALID_ARGUMENT OBSERVATION_TIME_INVALID, OBSERVATION_STATUS_UNKNOWN, GROUP_OUT_OF_RANGE
absl::StatusOr<TestResult> GrayTest(absl::Span<const Member> members, int groups);

}  // namespace reprise::survival

#endif  // REPRISE_PHASE_DOMAIN_SURVIVAL_GRAY_H_
