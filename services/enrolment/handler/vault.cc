// SPDX-License-Identifier: Apache-2.0
#include "services/enrolment/handler/vault.h"

#include "absl/strings/str_cat.h"

#include "services/enrolment/convert.h"
#include "services/enrolment/domain/errors.h"
#include "services/enrolment/domain/spelling.h"
#include "services/enrolment/store/ground_store.h"
#include "services/enrolment/store/vault_store.h"
#include "services/platform/id/seal.h"
#include "services/platform/status.h"

namespace reprise::enrolment {
namespace {

std::string BoundTo(const std::string& person_id, const std::string& screening_id) {
  return absl::StrCat(person_id, "/", screening_id);
}

}  // namespace

// The study goes into the hash, so that nobody is recognised from one study to another.
std::vector<std::string> Vault::Hashes(const std::string& study_id,
                                       const std::vector<std::string>& keys) const {
  std::vector<std::string> hashes;
  for (const std::string& key : keys) {
    hashes.push_back(KeyedHashHex(match_key_, absl::StrCat(study_id, "\n", key)));
  }
  return hashes;
}

absl::StatusOr<std::vector<Attempt>> Vault::Seek(db::Tx& tx, const std::string& study_id,
                                                 const Identity& identity) const {
  LockLikePeople(tx, Hashes(study_id, {BirthKey(identity)})[0]);
  return FindAttempts(tx, study_id, Hashes(study_id, SoughtKeys(identity)));
}

absl::Status Vault::Keep(db::Tx& tx, const Screening& screening, const Identity& identity) const {
  REPRISE_ASSIGN_OR_RETURN(const std::vector<Attempt> attempts, Seek(tx, screening.study_id, identity));
  REPRISE_ASSIGN_OR_RETURN(const std::vector<StageRule> rules,
                           LoadStageRules(tx, screening.study_id, screening.protocol_version));
  REPRISE_RETURN_IF_ERROR(CheckMayScreen(attempts, rules, screening.stage));
  SealedIdentity kept{.person_id = attempts.empty() ? tx.call().ids->NewUuid() : attempts[0].person_id,
                      .screening_id = screening.screening_id,
                      .sealed = {}};
  if (attempts.empty()) InsertPerson(tx, kept.person_id, screening.study_id);
  kept.sealed = Seal(vault_key_, BoundTo(kept.person_id, kept.screening_id), ToBytes(identity));
  InsertAttempt(tx, kept);
  InsertTraces(tx, screening.study_id, kept.person_id, Hashes(screening.study_id, SpellingKeys(identity)));
  return absl::OkStatus();
}

absl::StatusOr<Identity> Vault::Open(db::Tx& tx, const std::string& screening_id) const {
  REPRISE_ASSIGN_OR_RETURN(const auto kept, LoadSealed(tx, screening_id));
  if (!kept.has_value()) return IdentityMissing();
  REPRISE_ASSIGN_OR_RETURN(
      const std::string bytes,
      Unseal(vault_key_, BoundTo(kept->person_id, kept->screening_id), kept->sealed));
  return IdentityOf(bytes);
}

absl::Status Vault::CheckMayConsent(db::Tx& tx, const Screening& screening, const Identity& identity,
                                    int protocol_version) const {
  REPRISE_ASSIGN_OR_RETURN(const std::vector<Attempt> attempts, Seek(tx, screening.study_id, identity));
  REPRISE_ASSIGN_OR_RETURN(const std::vector<StageRule> rules,
                           LoadStageRules(tx, screening.study_id, protocol_version));
  return enrolment::CheckMayConsent(attempts, rules, screening.stage);
}

}  // namespace reprise::enrolment
