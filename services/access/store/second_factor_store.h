// SPDX-License-Identifier: Apache-2.0
// Second factors and recovery codes in PostgreSQL: sealed secrets and keyed hashes.
#ifndef REPRISE_ACCESS_STORE_SECOND_FACTOR_STORE_H_
#define REPRISE_ACCESS_STORE_SECOND_FACTOR_STORE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "services/platform/db/database.h"

namespace reprise::access {

struct SecondFactor {
  std::string factor_id;
  std::string sealed;
  int64_t last_step;                  // of the last code taken
  std::optional<absl::Time> on_time;  // nothing while it is only started
  int recovery_codes_left;
};

// The user's factor that is on or started.
absl::StatusOr<std::optional<SecondFactor>> FindSecondFactor(db::Tx& tx, const std::string& user_id);
// The same; until the end of the transaction no other acts on this user's factor.
absl::StatusOr<std::optional<SecondFactor>> LockSecondFactor(db::Tx& tx, const std::string& user_id);

void InsertSecondFactor(db::Tx& tx, const std::string& factor_id, const std::string& user_id,
                        const std::string& sealed, absl::Time now);
void SwitchOn(db::Tx& tx, const std::string& factor_id, absl::Time now);
// Also ends a started one; its recovery codes that were not used are deleted.
void SwitchOff(db::Tx& tx, const std::string& factor_id, absl::Time now);
void TakeStep(db::Tx& tx, const std::string& factor_id, int64_t step);

// False where there is no such code or it was used.
absl::StatusOr<bool> UseRecoveryCode(db::Tx& tx, const std::string& factor_id, const std::string& hash,
                                     absl::Time now);
// The codes before that were not used are deleted.
void ReplaceRecoveryCodes(db::Tx& tx, const std::string& factor_id,
                          const std::vector<std::string>& hashes, absl::Time now);

}  // namespace reprise::access

#endif  // REPRISE_ACCESS_STORE_SECOND_FACTOR_STORE_H_
