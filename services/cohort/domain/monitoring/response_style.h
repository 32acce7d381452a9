// SPDX-License-Identifier: Apache-2.0
// How somebody filled in a questionnaire, from the option codes in the order asked. Unanswered
// items are left out before runs are counted. Signs of haste to be looked at, never a reason to
// exclude. Johnson, J Res Pers 2005;39:103 (longstring); Dunn et al., J Bus Psychol 2018;33:105
// (IRV).
#ifndef REPRISE_COHORT_DOMAIN_MONITORING_RESPONSE_STYLE_H_
#define REPRISE_COHORT_DOMAIN_MONITORING_RESPONSE_STYLE_H_

#include <cstdint>
#include <optional>

#include "absl/status/statusor.h"
#include "absl/types/span.h"

#include "services/cohort/domain/monitoring/moments.h"

namespace reprise::monitoring {

struct ResponseStyle {
  int64_t longest_run = 0;              // of one same answer
  std::optional<double> variability;    // sample SD of the answers; empty below two
  std::optional<double> missing_share;  // empty where there is no item
  int64_t distinct = 0;                 // different answers
};

//   INVALID_ARGUMENT VALUE_NOT_FINITE at `responses[i]`
absl::StatusOr<ResponseStyle> ResponseStyleOf(absl::Span<const Recorded> responses);

}  // namespace reprise::monitoring

#endif  // REPRISE_COHORT_DOMAIN_MONITORING_RESPONSE_STYLE_H_
