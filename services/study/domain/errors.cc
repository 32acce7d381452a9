// SPDX-License-Identifier: Apache-2.0
#include "services/study/domain/errors.h"

#include <algorithm>
#include <tuple>

#include "absl/strings/str_cat.h"

#include "services/platform/error/error.h"

namespace reprise::study {

absl::Status ProtocolInvalid(absl::string_view name, std::vector<Fault> faults) {
  std::stable_sort(faults.begin(), faults.end(), [](const Fault& a, const Fault& b) {
    return std::tie(a.line, a.column, a.path) < std::tie(b.line, b.column, b.path);
  });
  std::vector<error::Violation> violations;
  for (const Fault& fault : faults) {
    violations.push_back({absl::StrCat(name, ":", fault.line, ":", fault.column, fault.path.empty() ? "" : " ", fault.path),
                          fault.reason, fault.message});
  }
  return error::Invalid("PROTOCOL_INVALID", "The study document has faults.", violations);
}

absl::Status ProtocolChangeForbidden(const std::vector<ForbiddenChange>& changes) {
  std::string listed, sentences;
  for (const ForbiddenChange& change : changes) {
    absl::StrAppend(&listed, listed.empty() ? "" : "; ", change.path, " ", change.reason);
    absl::StrAppend(&sentences, " ", change.path, ": ", change.message);
  }
  return error::Make(absl::StatusCode::kFailedPrecondition, "PROTOCOL_CHANGE_FORBIDDEN",
                     absl::StrCat("Facts that are recorded forbid the change.", sentences), {{"changes", listed}});
}

absl::Status StudyNotFound(const std::string& study_id) {
  return error::Make(absl::StatusCode::kNotFound, "STUDY_NOT_FOUND", "There is no such study.",
                     {{"study_id", study_id}});
}
absl::Status ProtocolVersionNotFound() {
  return error::Make(absl::StatusCode::kNotFound, "PROTOCOL_VERSION_NOT_FOUND",
                     "The study has no such version of its protocol.");
}
absl::Status EtagMismatch(int live_version) {
  return error::Make(absl::StatusCode::kAborted, "ETAG_MISMATCH",
                     "Another version was applied since; plan again.", {{"etag", absl::StrCat(live_version)}});
}
absl::Status NothingChanged() {
  return error::InvalidField("document", "NOTHING_CHANGED", "The document says what the live version says.");
}
absl::Status ChangeReasonRequired() {
  return error::InvalidField("change_reason", "CHANGE_REASON_REQUIRED",
                             "A reason is required after the first version.");
}
absl::Status ChangeReasonTooLong() {
  return error::InvalidField("change_reason", "FIELD_TOO_LONG", "At most 500 bytes.");
}
absl::Status ChangeReasonHoldsIdentity() {
  return error::InvalidField("change_reason", "TEXT_HOLDS_IDENTITY",
                             "A social-security or telephone number must not be entered here.");
}

}  // namespace reprise::study
