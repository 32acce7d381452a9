// SPDX-License-Identifier: Apache-2.0
// Codes of a second factor: taken once, and the recovery codes beside them.
#ifndef REPRISE_ACCESS_HANDLER_FACTOR_CODE_H_
#define REPRISE_ACCESS_HANDLER_FACTOR_CODE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "services/access/handler/keys.h"
#include "services/access/store/second_factor_store.h"

namespace reprise::access {

// Takes `typed` as a code of the authenticator, once. `factor` is locked.
//   UNAUTHENTICATED SECOND_FACTOR_REFUSED
absl::Status TakeTotp(db::Tx& tx, const Keys& keys, const SecondFactor& factor, const std::string& typed,
                      absl::Time now);

// Takes `typed` as a code of the authenticator or as a recovery code, whose use is recorded; which of
// them it was: "TOTP" or "RECOVERY_CODE". `factor` is on and locked.
//   UNAUTHENTICATED SECOND_FACTOR_REFUSED
absl::StatusOr<std::string> TakeCode(db::Tx& tx, const Keys& keys, const SecondFactor& factor,
                                     const std::string& user_id, const std::string& typed, absl::Time now);

// Ten new recovery codes, which replace those before; only their hashes are stored.
std::vector<std::string> RenewCodes(db::Tx& tx, const Keys& keys, const std::string& factor_id,
                                    absl::Time now);

}  // namespace reprise::access

#endif  // REPRISE_ACCESS_HANDLER_FACTOR_CODE_H_
