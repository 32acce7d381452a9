// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/domain/monitoring/errors.h"

#include "absl/strings/str_cat.h"

#include "services/platform/error/error.h"

namespace reprise::monitoring {

absl::Status ValueNotFinite(absl::string_view path) {
  return error::InvalidField(path, "VALUE_NOT_FINITE", "A finite number is required.");
}

absl::Status ValueNotBinary(absl::string_view path) {
  return error::InvalidField(path, "VALUE_NOT_BINARY", "A binary value is 0 or 1.");
}

absl::Status CountInvalid(absl::string_view path) {
  return error::InvalidField(path, "COUNT_INVALID", "A count is a whole number, 0 or more.");
}

absl::Status ProbabilityInvalid(absl::string_view path) {
  return error::InvalidField(path, "PROBABILITY_INVALID", "A p-value lies between 0 and 1.");
}

absl::Status LengthsDiffer(absl::string_view path, size_t expected, size_t found) {
  return error::InvalidField(
      path, "LENGTHS_DIFFER",
      absl::StrCat(expected, " elements are required and ", found, " were given."));
}

}  // namespace reprise::monitoring
