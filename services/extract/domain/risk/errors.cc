// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/risk/errors.h"

#include "absl/strings/str_cat.h"

#include "services/platform/error/error.h"

namespace reprise::extract::risk {

absl::Status DataInvalid(absl::string_view reason, absl::string_view file, size_t row,
                         const std::string& sentence) {
  return error::InvalidField(absl::StrCat(file, ":", row), reason, sentence);
}

absl::Status HierarchyInvalid(absl::string_view what, absl::string_view attribute, size_t row,
                              const std::string& sentence) {
  return error::InvalidField(absl::StrCat("hierarchy_", attribute, ".csv:", row),
                             absl::StrCat("HIERARCHY_", what), sentence);
}

absl::Status CaseInvalid(absl::string_view path, const std::string& sentence) {
  return error::InvalidField(path, "CASE_INVALID", sentence);
}

absl::Status SubsetInvalid(size_t row, const std::string& sentence) {
  return error::InvalidField(absl::StrCat("subset:", row), "SUBSET_INVALID", sentence);
}

absl::Status ReleaseRejected(absl::string_view rule, const std::string& where,
                             const std::string& sentence) {
  return error::Make(absl::StatusCode::kFailedPrecondition, absl::StrCat("RELEASE_", rule),
                     sentence, {{"where", where}});
}

absl::Status OptionInvalid(absl::string_view option, const std::string& sentence) {
  return error::InvalidField(option, "OPTION_INVALID", sentence);
}

}  // namespace reprise::extract::risk
