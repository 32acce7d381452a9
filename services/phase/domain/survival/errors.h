// SPDX-License-Identifier: Apache-2.0
// Why observations or a question about a curve cannot be accepted. All are INVALID_ARGUMENT with
// one violation; the path names the faulty field.
#ifndef REPRISE_PHASE_DOMAIN_SURVIVAL_ERRORS_H_
#define REPRISE_PHASE_DOMAIN_SURVIVAL_ERRORS_H_

#include <cstddef>
#include <cstdint>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace reprise::survival {

absl::Status ObservationTimeInvalid(absl::string_view path);       // OBSERVATION_TIME_INVALID
absl::Status ObservationStatusUnknown(absl::string_view path);     // OBSERVATION_STATUS_UNKNOWN
absl::Status GroupOutOfRange(absl::string_view path, int groups);  // GROUP_OUT_OF_RANGE
absl::Status HorizonInvalid();                                     // HORIZON_INVALID, path `tau`

}  // namespace reprise::survival

#endif  // REPRISE_PHASE_DOMAIN_SURVIVAL_ERRORS_H_
