// SPDX-License-Identifier: Apache-2.0
// Every failure of the preparation. Messages name row and column, never a value of the data.
#ifndef REPRISE_EXTRACT_DOMAIN_PREPARATION_ERRORS_H_
#define REPRISE_EXTRACT_DOMAIN_PREPARATION_ERRORS_H_

#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace reprise::extract::preparation {

// INVALID_ARGUMENT PLAN_INVALID at `path` of the plan.
absl::Status PlanInvalid(absl::string_view path, const std::string& sentence);

// INVALID_ARGUMENT at a row (1-based, header 1) of the data: VISIT_COLUMN_MISSING,
// VISIT_DATE_INVALID, VISIT_PERSON_MISSING, PERSON_VARIES, VALUE_NOT_NUMERIC,
// VALUE_NOT_IN_HIERARCHY.
absl::Status VisitInvalid(absl::string_view reason, size_t row, const std::string& sentence);

// INVALID_ARGUMENT KEY_TOO_SHORT.
absl::Status KeyTooShort();

}  // namespace reprise::extract::preparation

#endif  // REPRISE_EXTRACT_DOMAIN_PREPARATION_ERRORS_H_
