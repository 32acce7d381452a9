// SPDX-License-Identifier: Apache-2.0
// The identity vault in PostgreSQL: sealed bytes and keyed hashes, nothing that can be read there.
#ifndef REPRISE_ENROLMENT_STORE_VAULT_STORE_H_
#define REPRISE_ENROLMENT_STORE_VAULT_STORE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

#include "services/enrolment/domain/screening.h"
#include "services/platform/db/database.h"

namespace reprise::enrolment {

// Makes calls about people who could be the same wait for each other. `hash`: hexadecimal digits.
void LockLikePeople(db::Tx& tx, const std::string& hash);
// Attempts at every site of the study, also those that the caller may not see, of people who share one of
// the hashes (hexadecimal); by person.
absl::StatusOr<std::vector<Attempt>> FindAttempts(db::Tx& tx, const std::string& study_id,
                                                  const std::vector<std::string>& hashes);
void InsertPerson(db::Tx& tx, const std::string& person_id, const std::string& study_id);
// Hashes that the person has already stay.
void InsertTraces(db::Tx& tx, const std::string& study_id, const std::string& person_id,
                  const std::vector<std::string>& hashes);

struct SealedIdentity {
  std::string person_id;
  std::string screening_id;
  std::string sealed;
};
void InsertAttempt(db::Tx& tx, const SealedIdentity& identity);
// Of a screening that the caller may see; none: there is no identity.
absl::StatusOr<std::optional<SealedIdentity>> LoadSealed(db::Tx& tx, const std::string& screening_id);

}  // namespace reprise::enrolment

#endif  // REPRISE_ENROLMENT_STORE_VAULT_STORE_H_
