// SPDX-License-Identifier: Apache-2.0
// Studies and sites in PostgreSQL.
#ifndef REPRISE_STUDY_STORE_STUDY_STORE_H_
#define REPRISE_STUDY_STORE_STUDY_STORE_H_

#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"

#include "services/platform/db/database.h"
#include "services/study/domain/study.h"

namespace reprise::study {

absl::Span<const db::ConstraintReason> Constraints();

void InsertStudy(db::Tx& tx, const Study& study);
void InsertSite(db::Tx& tx, const Site& site);
// Those in which the caller may act, by code.
absl::StatusOr<std::vector<Study>> ListStudies(db::Tx& tx);
// Of the same studies, by study and code.
absl::StatusOr<std::vector<Site>> ListSites(db::Tx& tx);

}  // namespace reprise::study

#endif  // REPRISE_STUDY_STORE_STUDY_STORE_H_
