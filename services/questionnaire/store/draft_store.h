// SPDX-License-Identifier: Apache-2.0
// Answers that are saved but not submitted, in PostgreSQL.
#ifndef REPRISE_QUESTIONNAIRE_STORE_DRAFT_STORE_H_
#define REPRISE_QUESTIONNAIRE_STORE_DRAFT_STORE_H_

#include <string>

#include "absl/status/statusor.h"

#include "services/platform/db/database.h"
#include "services/questionnaire/domain/response/response.h"
#include "services/questionnaire/store/response_store.h"

namespace reprise::questionnaire {

// Why an instance takes no more answers; false both: it does.
struct End {
  bool submitted = false;
  bool cancelled = false;  // nothing more is asked of the participant (Occasion::end_date)
};
absl::StatusOr<End> LoadEnd(db::Tx& tx, const Instance& instance);
// `instance` as loaded: the rows carry its place.
void ChangeDraft(db::Tx& tx, const Instance& instance, const DraftChange& change);
// Empty for a submitted instance.
absl::StatusOr<Draft> LoadDraft(db::Tx& tx, const std::string& instance_id);

}  // namespace reprise::questionnaire

#endif  // REPRISE_QUESTIONNAIRE_STORE_DRAFT_STORE_H_
