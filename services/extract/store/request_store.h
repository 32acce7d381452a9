// SPDX-License-Identifier: Apache-2.0
// Requests for data and decisions about them, in PostgreSQL.
#ifndef REPRISE_EXTRACT_STORE_REQUEST_STORE_H_
#define REPRISE_EXTRACT_STORE_REQUEST_STORE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"

#include "services/extract/domain/delivery/request.h"
#include "services/platform/db/database.h"

namespace reprise::extract {

absl::Span<const db::ConstraintReason> Constraints();

// NOT_FOUND STUDY_NOT_FOUND; INVALID_ARGUMENT STAGE_UNKNOWN.
absl::Status CheckStage(db::Tx& tx, const std::string& study_id, const std::string& stage);
void InsertRequest(db::Tx& tx, const Request& request);
void InsertDecision(db::Tx& tx, const std::string& extract_id, const Decision& decision);
// NOT_FOUND EXTRACT_NOT_FOUND.
absl::StatusOr<Request> LoadRequest(db::Tx& tx, const std::string& extract_id);
// Newest first; without their keys.
absl::StatusOr<std::vector<Request>> ListRequests(db::Tx& tx, const std::string& study_id);

}  // namespace reprise::extract

#endif  // REPRISE_EXTRACT_STORE_REQUEST_STORE_H_
