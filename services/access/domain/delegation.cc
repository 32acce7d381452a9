// SPDX-License-Identifier: Apache-2.0
#include "services/access/domain/delegation.h"

#include <vector>

#include "services/access/domain/errors.h"
#include "services/platform/error/error.h"

namespace reprise::access {

absl::Status CheckNewDelegation(const Delegation& delegation, const std::string& by_user_id,
                                bool everywhere, bool whole_study) {
  std::vector<error::Violation> violations;
  const bool administrator = delegation.role == "administrator";
  if (delegation.role.empty()) violations.push_back({"role", "FIELD_REQUIRED", "A role is required."});
  if (!administrator && delegation.study_id.empty()) {
    violations.push_back({"study_id", "FIELD_REQUIRED", "This role is held in a study."});
  }
  if (administrator && !(delegation.study_id.empty() && delegation.site_id.empty())) {
    violations.push_back({"study_id", "FIELD_FORBIDDEN", "This role is held platform-wide."});
  }
  if (delegation.until_time.has_value() && *delegation.until_time <= delegation.from_time) {
    violations.push_back({"until_time", "PERIOD_EMPTY", "The end must be after the beginning."});
  }
  if (!violations.empty()) {
    return error::Invalid("DELEGATION_INVALID", "The delegation cannot be made as asked.", violations);
  }
  if (delegation.user_id == by_user_id) return SelfDelegation();
  if ((administrator || delegation.role == "study_manager") && !everywhere) {
    return RoleNotDelegable(delegation.role);
  }
  // Whoever acts at one site gives nothing beyond it.
  if (delegation.site_id.empty() && !everywhere && !whole_study) return BeyondSites();
  return absl::OkStatus();
}

}  // namespace reprise::access
