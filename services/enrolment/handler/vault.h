// SPDX-License-Identifier: Apache-2.0
// Puts identities into the vault and takes them out, and finds out whether somebody is in the study
// already without saying where. Only here do identities exist in clear.
#ifndef REPRISE_ENROLMENT_HANDLER_VAULT_H_
#define REPRISE_ENROLMENT_HANDLER_VAULT_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "services/enrolment/domain/identity.h"
#include "services/enrolment/domain/screening.h"
#include "services/platform/db/database.h"

namespace reprise::enrolment {

// Thread-safe. The keys outlive it.
class Vault {
 public:
  Vault(absl::string_view vault_key, absl::string_view match_key)
      : vault_key_(vault_key), match_key_(match_key) {}

  // Keeps the identity of a screening that is new in this transaction or has none; the person is the one
  // of her earlier attempts. ALREADY_EXISTS PERSON_IN_STUDY.
  absl::Status Keep(db::Tx& tx, const Screening& screening, const Identity& identity) const;

  // FAILED_PRECONDITION IDENTITY_MISSING.
  absl::StatusOr<Identity> Open(db::Tx& tx, const std::string& screening_id) const;

  // Before a consent: ALREADY_EXISTS PERSON_IN_STUDY.
  absl::Status CheckMayConsent(db::Tx& tx, const Screening& screening, const Identity& identity,
                               int protocol_version) const;

 private:
  std::vector<std::string> Hashes(const std::string& study_id, const std::vector<std::string>& keys) const;
  // Locks people like her, then finds their attempts.
  absl::StatusOr<std::vector<Attempt>> Seek(db::Tx& tx, const std::string& study_id,
                                            const Identity& identity) const;

  absl::string_view vault_key_;
  absl::string_view match_key_;
};

}  // namespace reprise::enrolment

#endif  // REPRISE_ENROLMENT_HANDLER_VAULT_H_
