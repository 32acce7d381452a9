// SPDX-License-Identifier: Apache-2.0
// Published instruments in PostgreSQL.
#ifndef REPRISE_QUESTIONNAIRE_STORE_INSTRUMENT_STORE_H_
#define REPRISE_QUESTIONNAIRE_STORE_INSTRUMENT_STORE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"

#include "services/platform/db/database.h"

namespace reprise::questionnaire {

absl::Span<const db::ConstraintReason> Constraints();

struct InstrumentVersion {
  std::string instrument_version_id;
  std::string instrument_id;
  std::string version;
  std::string document;  // empty in lists
  std::string document_sha256;
  absl::Time publish_time;
  std::vector<std::string> item_codes;
  std::vector<std::string> item_types;  // as many, for the item table
};

void InsertInstrumentVersion(db::Tx& tx, const InstrumentVersion& version);
// NOT_FOUND INSTRUMENT_VERSION_NOT_FOUND.
absl::StatusOr<InstrumentVersion> LoadInstrumentVersion(db::Tx& tx, const std::string& version_id);
// By instrument and time of publication; `instrument_id` absent: all.
absl::StatusOr<std::vector<InstrumentVersion>> ListInstrumentVersions(
    db::Tx& tx, const std::optional<std::string>& instrument_id);

}  // namespace reprise::questionnaire

#endif  // REPRISE_QUESTIONNAIRE_STORE_INSTRUMENT_STORE_H_
