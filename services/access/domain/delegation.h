// SPDX-License-Identifier: Apache-2.0
// Delegations: which role at which place for which period, and who may give it.
#ifndef REPRISE_ACCESS_DOMAIN_DELEGATION_H_
#define REPRISE_ACCESS_DOMAIN_DELEGATION_H_

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace reprise::access {

struct Delegation {
  std::string delegation_id = {};
  std::string user_id = {};
  std::string role = {};      // as in access.role, "coordinator"
  std::string study_id = {};  // empty only for the administrator
  std::string site_id = {};   // empty: the whole study
  absl::Time from_time = {};
  std::optional<absl::Time> until_time = {};
};

// Whether `by_user_id` may give `delegation`; `everywhere`: she holds delegation.create platform-wide,
// `whole_study`: in all of the delegation's study.
//   INVALID_ARGUMENT DELEGATION_INVALID with FIELD_REQUIRED, FIELD_FORBIDDEN, PERIOD_EMPTY
//   FAILED_PRECONDITION SELF_DELEGATION; PERMISSION_DENIED ROLE_NOT_DELEGABLE, OUT_OF_SCOPE
absl::Status CheckNewDelegation(const Delegation& delegation, const std::string& by_user_id,
                                bool everywhere, bool whole_study);

}  // namespace reprise::access

#endif  // REPRISE_ACCESS_DOMAIN_DELEGATION_H_
