// SPDX-License-Identifier: Apache-2.0
// Versions of protocols in PostgreSQL; insert only.
#ifndef REPRISE_STUDY_STORE_PROTOCOL_STORE_H_
#define REPRISE_STUDY_STORE_PROTOCOL_STORE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

#include "services/platform/db/database.h"
#include "services/study/domain/protocol.h"

namespace reprise::study {

// NOT_FOUND STUDY_NOT_FOUND
absl::StatusOr<ProtocolState> LoadProtocolState(db::Tx& tx, const std::string& study_id);
// Newest first. NOT_FOUND STUDY_NOT_FOUND
absl::StatusOr<std::vector<ProtocolVersion>> ListProtocolVersions(db::Tx& tx, const std::string& study_id);

struct StoredProtocol {
  ProtocolVersion version;
  std::string document;
  std::string content;  // JSON
};
// Without `version`, the newest. NOT_FOUND STUDY_NOT_FOUND, PROTOCOL_VERSION_NOT_FOUND
absl::StatusOr<StoredProtocol> LoadProtocol(db::Tx& tx, const std::string& study_id, std::optional<int> version);

void InsertProtocol(db::Tx& tx, const StoredProtocol& protocol);
void RenameSite(db::Tx& tx, const Site& site);

}  // namespace reprise::study

#endif  // REPRISE_STUDY_STORE_PROTOCOL_STORE_H_
