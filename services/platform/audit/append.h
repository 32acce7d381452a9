// SPDX-License-Identifier: Apache-2.0
// The record beside the write: appended in the same transaction, or the write rolls back.
//   REPRISE_RETURN_IF_ERROR(audit::Append(tx, {.action = "response.submit", ...}));
#ifndef REPRISE_PLATFORM_AUDIT_APPEND_H_
#define REPRISE_PLATFORM_AUDIT_APPEND_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"

#include "services/platform/db/database.h"

namespace reprise::audit {

// What the handler knows; who, when, by which role and request comes from the transaction's call.
struct Entry {
  std::string action;
  std::string subject_type;
  std::string subject_id = {};
  std::string study_id = {};
  std::string site_id = {};
  std::string participant_id = {};
  std::string reason = {};
  std::optional<int64_t> old_version = {};
  std::optional<int64_t> new_version = {};
};

absl::Status Append(db::Tx& tx, const Entry& entry);

}  // namespace reprise::audit

#endif  // REPRISE_PLATFORM_AUDIT_APPEND_H_
