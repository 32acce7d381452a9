// SPDX-License-Identifier: Apache-2.0
// The errors of instruments, wording and licences, each once.
#ifndef REPRISE_QUESTIONNAIRE_DOMAIN_INSTRUMENT_ERRORS_H_
#define REPRISE_QUESTIONNAIRE_DOMAIN_INSTRUMENT_ERRORS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

#include "services/platform/error/error.h"

namespace reprise::instrument {

absl::Status InstrumentInvalid(const std::vector<error::Violation>& faults);
absl::Status WordingInvalid(const std::vector<error::Violation>& faults);
// FAILED_PRECONDITION LICENCE_GATE_CLOSED: `lacks` are reasons such as LICENCE_EXPIRED.
absl::Status LicenceGateClosed(absl::string_view instrument_id,
                               const std::vector<std::string>& lacks, absl::string_view sentences);

}  // namespace reprise::instrument

#endif  // REPRISE_QUESTIONNAIRE_DOMAIN_INSTRUMENT_ERRORS_H_
