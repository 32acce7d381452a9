// SPDX-License-Identifier: Apache-2.0
// Why values to be monitored cannot be accepted. All are INVALID_ARGUMENT with one violation; the
// path names the faulty field. No message repeats a value.
#ifndef REPRISE_COHORT_DOMAIN_MONITORING_ERRORS_H_
#define REPRISE_COHORT_DOMAIN_MONITORING_ERRORS_H_

#include <cstddef>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace reprise::monitoring {

absl::Status ValueNotFinite(absl::string_view path);      // VALUE_NOT_FINITE
absl::Status ValueNotBinary(absl::string_view path);      // VALUE_NOT_BINARY
absl::Status CountInvalid(absl::string_view path);        // COUNT_INVALID
absl::Status ProbabilityInvalid(absl::string_view path);  // PROBABILITY_INVALID
absl::Status LengthsDiffer(absl::string_view path, size_t expected,
                           size_t found);  // LENGTHS_DIFFER

}  // namespace reprise::monitoring

#endif  // REPRISE_COHORT_DOMAIN_MONITORING_ERRORS_H_
