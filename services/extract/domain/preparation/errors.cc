// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/preparation/errors.h"

#include "absl/strings/str_cat.h"

#include "services/platform/error/error.h"

namespace reprise::extract::preparation {

absl::Status PlanInvalid(absl::string_view path, const std::string& sentence) {
  return error::InvalidField(absl::StrCat("plan: ", path), "PLAN_INVALID", sentence);
}

absl::Status VisitInvalid(absl::string_view reason, size_t row, const std::string& sentence) {
  return error::InvalidField(absl::StrCat("data:", row), reason, sentence);
}

absl::Status KeyTooShort() {
  return error::InvalidField("key", "KEY_TOO_SHORT", "A key of at least 16 bytes is required.");
}

}  // namespace reprise::extract::preparation
